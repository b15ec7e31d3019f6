with

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

people as (

    select * from {{ ref('int_people_linked') }}

),

browsers as (

    select * from {{ ref('int_browsers_linked') }}

),

spells as (

    select * from {{ ref('int_browser_spells_cut') }}

),

visitors as (

    select * from {{ ref('int_visitors_observed') }}

),

named as (

    select * from {{ ref('int_people_named') }}

),

belonging as (

    select
        linked.node as identifier_key,
        'person ' || cast(people.component as string) as person_key
    from linked
    inner join people on cast(linked.component as string) = people.node

    union all

    -- whose a shared browser is depends on the moment: int_cookie_spells
    select
        browsers.node as identifier_key,
        spells.person_key
    from browsers
    inner join spells
        on browsers.component = spells.browser
        and spells.starts_at is null
        and spells.ends_at is null

    union all

    select
        source_record_id as identifier_key,
        person_key
    from visitors

),

customers_identified as (

    select
        belonging.identifier_key,
        named.customer_id
    from belonging
    inner join named on belonging.person_key = named.person_key

)

select * from customers_identified
