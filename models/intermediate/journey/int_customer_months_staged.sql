with

customer_months as (

    select * from {{ ref('int_customer_months_measured') }}

),

rules as (

    select * from {{ ref('lifecycle_rules') }}

),

-- what is not there yet counts as 0
measured as (

    select
        *,
        greatest(coalesce(days_since_last_order, 0), 0) as recency_days,
        coalesce(gap_days, 0) as gap_days_before
    from customer_months

),

staged as (

    select
        measured.customer_id,
        measured.month_number,
        rules.lifecycle_stage,
        measured.order_count,
        measured.net_revenue,
        measured.cumulative_order_count,
        measured.cumulative_net_revenue,
        measured.days_since_last_order,
        measured.is_known,
        measured.is_listed,
        measured.is_partial,
        measured.is_latest,
        measured.month_date,
        measured.as_of_date
    from measured
    left join rules
        on measured.cumulative_order_count >= rules.order_count_at_least
        and measured.cumulative_order_count
        < coalesce(rules.order_count_below, measured.cumulative_order_count + 1)
        and measured.recency_days >= rules.recency_days_at_least
        and measured.recency_days < coalesce(rules.recency_days_below, measured.recency_days + 1)
        and measured.gap_days_before >= rules.gap_days_at_least
        and measured.gap_days_before < coalesce(rules.gap_days_below, measured.gap_days_before + 1)

)

select * from staged
