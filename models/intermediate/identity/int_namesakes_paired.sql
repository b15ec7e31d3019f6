{%- set household = var('max_people_per_household') | int %}
with

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

names as (

    select * from {{ ref('int_names_normalised') }}
    where full_name is not null

),

sighted as (

    select * from {{ ref('int_browsers_sighted') }}

),

shared_browsers as (

    select browser
    from sighted
    group by browser
    having count(*) between 2 and {{ household }}

),

sighted_names as (

    select distinct
        sighted.browser,
        sighted.component,
        sighted.is_signed_in,
        names.full_name
    from sighted
    inner join shared_browsers on sighted.browser = shared_browsers.browser
    inner join linked on sighted.component = linked.component
    inner join names on linked.node = names.source_record_id

),

-- two logins are two people, also when both are called alike
namesakes as (

    select
        browser,
        full_name
    from sighted_names
    group by browser, full_name
    having count(*) > 1 and count(*) filter (where is_signed_in) <= 1

),

components as (

    select distinct cast(component as string) as node
    from linked

),

pairs as (

    select
        node as node_a,
        node as node_b
    from components

    union all

    select
        cast(sighted_names.component as string) as node_a,
        'browser ' || cast(sighted_names.browser as string) || '|' || sighted_names.full_name
            as node_b
    from sighted_names
    inner join namesakes
        on sighted_names.browser = namesakes.browser
        and sighted_names.full_name = namesakes.full_name

)

select * from pairs
