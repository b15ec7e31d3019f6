with

changes as (

    select * from {{ ref('int_customers_compared') }}

),

traced as (

    select * from {{ ref('int_changes_traced') }}

),

components as (

    select * from {{ ref('int_changes_linked') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

placed as (

    select
        traced.*,
        components.component
    from traced
    inner join components on traced.whole_id || '|' || traced.source_record_id = components.node

),

-- what records of the part that is kept carry, and what is said of it on either side
ways as (

    select
        whole_id,
        linking_key,
        min(link_reason) filter (where link_reason not in ('own', 'shared')) as link_reason
    from traced
    group by whole_id, linking_key
    having bool_or(is_kept)

),

parts as (

    select distinct
        whole_id,
        part_customer_id,
        component
    from placed

),

candidates as (

    select
        parts.whole_id,
        parts.part_customer_id,
        placed.source_record_id,
        placed.identifier_type,
        placed.identifier,
        ways.link_reason,
        coalesce(placed.part_customer_id = parts.part_customer_id, false) as is_direct
    from parts
    inner join placed on parts.component = placed.component
    inner join ways
        on placed.whole_id = ways.whole_id and placed.linking_key = ways.linking_key

    union all

    select
        changes.whole_id,
        changes.part_customer_id,
        traced.source_record_id,
        traced.identifier_type,
        traced.identifier,
        traced.link_reason,
        coalesce(traced.part_customer_id = changes.part_customer_id, false) as is_direct
    from changes
    inner join traced on changes.whole_id = traced.whole_id and traced.is_naming
    where changes.change_kind = 'rename'

),

ranked as (

    select
        candidates.*,
        row_number() over (
            partition by candidates.whole_id, candidates.part_customer_id
            order by
                candidates.is_direct desc,
                identifier_types.seniority asc,
                candidates.identifier asc,
                candidates.source_record_id asc
        ) as candidate_rank
    from candidates
    inner join identifier_types on candidates.identifier_type = identifier_types.identifier_type

),

final as (

    select
        -- ids
        {{ dbt.hash(
            "changes.whole_id || ' ' || changes.former_customer_id || ' ' || changes.customer_id"
        ) }} as identity_change_id,
        changes.former_customer_id,
        changes.customer_id,

        -- text
        changes.change_kind,
        ranked.identifier_type,
        ranked.identifier,
        case
            when ranked.link_reason is not null then ranked.link_reason
            when changes.change_kind = 'split' then 'withdrawn'
            else 'shared'
        end as link_reason,

        -- numbers
        changes.night_number,
        changes.record_count,

        -- booleans
        ranked.is_direct,

        -- dates
        changes.changed_on

    from changes
    cross join as_of
    left join ranked
        on changes.whole_id = ranked.whole_id
        and changes.part_customer_id = ranked.part_customer_id
        and ranked.candidate_rank = 1
    where changes.changed_on <= as_of.as_of_date

)

select * from final
