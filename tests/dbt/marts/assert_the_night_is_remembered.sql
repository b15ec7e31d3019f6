-- what the next night will compare with is what this one says
with

ranked as (

    select
        *,
        row_number() over (
            partition by source_record_id, identifier_type, identifier order by step_number desc
        ) as recency_rank
    from {{ ref('int_links_remembered') }}

),

remembered as (

    select
        source_record_id,
        identifier_type,
        identifier,
        linking_key,
        customer_id
    from ranked
    where recency_rank = 1 and linking_key is not null

),

said as (

    select
        source_record_id,
        identifier_type,
        identifier,
        linking_key,
        customer_id
    from {{ ref('int_identifiers_explained') }}
    where linking_key is not null

),

forgotten as (

    select * from said
    except
    select * from remembered

),

outdated as (

    select * from remembered
    except
    select * from said

),

differing as (

    select * from forgotten
    union all
    select * from outdated

)

select source_record_id
from differing
where {{ 'false' if var('as_of') else 'true' }}
