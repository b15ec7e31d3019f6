with

definitions as (

    {% for definition in segment_definitions() -%}
        select
            '{{ definition.name }}' as segment_name,
            {{ dbt.string_literal(dbt.escape_single_quotes(definition.title)) }} as segment_title,
            {{ dbt.string_literal(dbt.escape_single_quotes(definition.owner)) }} as owner_name,
            {{ dbt.string_literal(
                dbt.escape_single_quotes(definition.description | trim)
            ) }} as description
        {{ 'union all' if not loop.last }}
    {% else -%}
        select
            null as segment_name,
            null as segment_title,
            null as owner_name,
            null as description
    {% endfor %}

),

members as (

    select * from {{ ref('segment_members') }}

),

customers as (

    select * from {{ ref('customer_360') }}

),

changes as (

    select * from {{ ref('segment_changes') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

totals as (

    select
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from customers

),

members_by_segment as (

    select
        segment_name,
        count(*) as customer_count,
        count(*) filter (where is_known) as known_customer_count,
        sum(net_revenue) as net_revenue
    from members
    group by segment_name

),

changes_today as (

    select
        changes.segment_name,
        count(*) filter (where changes.is_entry) as entered_count,
        count(*) filter (where not changes.is_entry) as left_count
    from changes
    inner join as_of on changes.changed_on = as_of.as_of_date
    group by changes.segment_name

),

counted as (

    select
        definitions.segment_name,
        definitions.segment_title,
        definitions.owner_name,
        definitions.description,
        coalesce(members_by_segment.customer_count, 0) as customer_count,
        coalesce(members_by_segment.known_customer_count, 0) as known_customer_count,
        coalesce(members_by_segment.net_revenue, 0) as net_revenue,
        coalesce(changes_today.entered_count, 0) as entered_count,
        coalesce(changes_today.left_count, 0) as left_count,
        coalesce(members_by_segment.customer_count, 0)
        - coalesce(changes_today.entered_count, 0)
        + coalesce(changes_today.left_count, 0) as previous_customer_count,
        totals.customer_count as all_customer_count,
        totals.net_revenue as all_net_revenue
    from definitions
    cross join totals
    left join members_by_segment
        on definitions.segment_name = members_by_segment.segment_name
    left join changes_today on definitions.segment_name = changes_today.segment_name

),

final as (

    select
        -- text
        segment_name,
        segment_title,
        owner_name,
        description,

        -- numbers
        customer_count,
        {{ ratio('customer_count', 'all_customer_count', 4) }} as customer_share,
        known_customer_count,
        cast(net_revenue as decimal(18, 2)) as net_revenue,
        {{ ratio('net_revenue', 'all_net_revenue', 4) }} as net_revenue_share,
        previous_customer_count,
        entered_count,
        left_count,
        {{ ratio('customer_count - previous_customer_count', 'previous_customer_count', 4) }}
            as size_drift

    from counted

)

select * from final
