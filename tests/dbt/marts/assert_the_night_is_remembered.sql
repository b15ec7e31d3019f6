-- what the next night will compare with is what this one says
{%- set link = 'source_record_id, identifier_type, identifier' -%}
{%- set statement = link ~ ', linking_key, customer_id' %}
with

-- imported for each step: all columns of what several steps read are written out before
steps as (

    select * from {{ ref('int_links_remembered') }}

),

changed_steps as (

    select * from {{ ref('int_links_remembered') }}

),

only_steps as (

    select * from {{ ref('int_links_remembered') }}

),

-- most links never changed, and need no ranking
changed_links as (

    select found_number
    from {{ repeated_numbers('steps', link) }} as repeated

),

ranked as (

    select
        {{ statement }},
        row_number() over (partition by {{ link }} order by step_number desc) as recency_rank
    from changed_steps
    where {{ text_number(link) }} in (select changed_links.found_number from changed_links)

),

sides as (

    select
        {{ text_number(statement) }} as statement_number,
        1 as side
    from {{ ref('int_identifiers_explained') }}
    where linking_key is not null

    union all

    select
        {{ text_number(statement) }} as statement_number,
        -1 as side
    from ranked
    where recency_rank = 1 and linking_key is not null

    union all

    select
        {{ text_number(statement) }} as statement_number,
        -1 as side
    from only_steps
    where
        linking_key is not null
        and {{ text_number(link) }} not in (select changed_links.found_number from changed_links)

)

select statement_number
from sides
where {{ 'false' if var('as_of') else 'true' }}
group by statement_number
having sum(side) <> 0
