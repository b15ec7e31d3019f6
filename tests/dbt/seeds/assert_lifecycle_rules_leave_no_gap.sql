-- each number of orders, recency and gap has one stage: it suffices to look where a range begins or
-- ends, because nothing changes in between
{% set measures = ['order_count', 'recency_days', 'gap_days'] -%}
with

rules as (

    select * from {{ ref('lifecycle_rules') }}

),

{% for measure in measures -%}
    {{ measure }}_bounds as (

        select 0 as {{ measure }}
        union distinct
        select {{ measure }}_at_least from rules
        union distinct
        select {{ measure }}_below from rules
        where {{ measure }}_below is not null

    ),

{% endfor -%}
matched as (

    select
        order_count_bounds.order_count,
        recency_days_bounds.recency_days,
        gap_days_bounds.gap_days,
        count(rules.lifecycle_stage) as stage_count
    from order_count_bounds
    cross join recency_days_bounds
    cross join gap_days_bounds
    left join rules
        on order_count_bounds.order_count >= rules.order_count_at_least
        and order_count_bounds.order_count
        < coalesce(rules.order_count_below, order_count_bounds.order_count + 1)
        and recency_days_bounds.recency_days >= rules.recency_days_at_least
        and recency_days_bounds.recency_days
        < coalesce(rules.recency_days_below, recency_days_bounds.recency_days + 1)
        and gap_days_bounds.gap_days >= rules.gap_days_at_least
        and gap_days_bounds.gap_days
        < coalesce(rules.gap_days_below, gap_days_bounds.gap_days + 1)
    group by
        order_count_bounds.order_count, recency_days_bounds.recency_days, gap_days_bounds.gap_days

)

select * from matched
where stage_count <> 1
