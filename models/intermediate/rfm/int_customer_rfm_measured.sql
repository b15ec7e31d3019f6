with

changes as (

    select * from {{ ref('int_customer_rfm_changes_summed') }}

),

months as (

    select * from {{ ref('int_months_listed') }}

),

accumulated as (

    select
        customer_id,
        month_number,
        sum(order_count_change) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and current row
        ) as order_count,
        sum(net_revenue_change) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and current row
        ) as net_revenue,
        max(last_order_date) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and current row
        ) as last_order_date,
        revocable_order_date,
        lead(month_number) over (
            partition by customer_id order by month_number
        ) as next_month_number
    from changes

),

-- a credit note alone is no purchase
buying as (

    select * from accumulated
    where order_count > 0

),

by_month as (

    select
        buying.customer_id,
        months.month_number,
        cast(buying.order_count as bigint) as order_count,
        cast(buying.net_revenue as decimal(18, 2)) as net_revenue,
        months.is_partial,
        months.is_latest,
        greatest(buying.last_order_date, buying.revocable_order_date) as last_order_date,
        months.month_date,
        months.as_of_date
    from buying
    inner join months
        on buying.month_number <= months.month_number
        and months.month_number < coalesce(buying.next_month_number, months.month_number + 1)

),

measured as (

    select
        customer_id,
        month_number,
        order_count,
        net_revenue,
        cast(
            {{ dbt.datediff('last_order_date', 'as_of_date', 'day') }}
            as bigint
        ) as recency_days,
        is_partial,
        is_latest,
        last_order_date,
        month_date,
        as_of_date
    from by_month

)

select * from measured
