{#- What linked on earlier nights cannot be built again, so a full refresh keeps it; and a look at a
    past day neither reads nor writes it. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail'
) }}

with

identifiers as (

    select * from {{ ref('int_identifiers_explained') }}

),

visitors as (

    select * from {{ ref('int_visitors_observed') }}
    where spell_number > 1

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

{% if is_incremental() %}
    history as (

        select * from {{ this }}

    ),
{% else %}
    history as (

        select
            source_record_id,
            customer_id,
            identifier_type,
            identifier,
            linking_key,
            link_reason,
            cast(0 as bigint) as night_number,
            cast(0 as bigint) as step_number,
            cast(null as date) as changed_on
        from identifiers
        where false

    ),
{% endif %}

last_night as (

    select
        coalesce(max(night_number), 0) as night_number,
        max(changed_on) as changed_on
    from history

),

ranked as (

    select
        *,
        row_number() over (
            partition by source_record_id, identifier_type, identifier order by step_number desc
        ) as recency_rank
    from history

),

known_records as (

    select distinct source_record_id
    from history

),

-- the visits of a part that had begun by then were the whole record's, with all it carried
cut_since as (

    select
        visitors.source_record_id,
        ranked.customer_id,
        ranked.identifier_type,
        case
            when ranked.linking_key = visitors.whole_record_id
                then split_part(visitors.source_record_id, ':', 2)
            else ranked.identifier
        end as identifier,
        case
            when ranked.linking_key = visitors.whole_record_id then visitors.source_record_id
            else ranked.linking_key
        end as linking_key,
        ranked.link_reason
    from visitors
    inner join ranked
        on visitors.whole_record_id = ranked.source_record_id
        and ranked.recency_rank = 1
        and ranked.linking_key is not null
    cross join last_night
    left join known_records on visitors.source_record_id = known_records.source_record_id
    where
        known_records.source_record_id is null
        and {{ business_date('visitors.first_seen_at') }} <= last_night.changed_on

),

remembered as (

    select
        source_record_id,
        customer_id,
        identifier_type,
        identifier,
        linking_key,
        link_reason
    from ranked
    where recency_rank = 1 and linking_key is not null

    union all

    select
        source_record_id,
        customer_id,
        identifier_type,
        identifier,
        linking_key,
        link_reason
    from cut_since

),

changed as (

    select
        coalesce(identifiers.source_record_id, remembered.source_record_id) as source_record_id,
        identifiers.customer_id,
        coalesce(identifiers.identifier_type, remembered.identifier_type) as identifier_type,
        coalesce(identifiers.identifier, remembered.identifier) as identifier,
        identifiers.linking_key,
        coalesce(identifiers.link_reason, 'withdrawn') as link_reason
    from identifiers
    full outer join remembered
        on identifiers.source_record_id = remembered.source_record_id
        and identifiers.identifier_type = remembered.identifier_type
        and identifiers.identifier = remembered.identifier
    where
        identifiers.linking_key is distinct from remembered.linking_key
        or (
            identifiers.linking_key is not null
            and (
                identifiers.customer_id <> remembered.customer_id
                or identifiers.link_reason <> remembered.link_reason
            )
        )

),

unioned as (

    select
        *,
        1 as steps
    from cut_since

    union all

    select
        *,
        2 as steps
    from changed

),

final as (

    select
        -- ids
        unioned.source_record_id,
        unioned.customer_id,

        -- text
        unioned.identifier_type,
        unioned.identifier,
        unioned.linking_key,
        unioned.link_reason,

        -- numbers
        cast(last_night.night_number + 1 as bigint) as night_number,
        cast(2 * last_night.night_number + unioned.steps as bigint) as step_number,

        -- dates
        as_of.as_of_date as changed_on

    from unioned
    cross join last_night
    cross join as_of
    where {{ 'false' if var('as_of') else 'true' }}

)

select * from final
