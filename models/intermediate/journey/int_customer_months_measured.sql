with

lifetimes as (

    select * from {{ ref('int_customer_lifetimes_dated') }}

),

order_months as (

    select * from {{ ref('int_customer_order_months_summed') }}

),

months as (

    select * from {{ ref('int_months_listed') }}

),

-- a customer begins with a month in which nothing was bought
events as (

    select
        customer_id,
        first_month_number as month_number,
        0 as order_count,
        0 as net_revenue,
        cast(null as date) as first_order_date,
        cast(null as date) as last_order_date
    from lifetimes

    union all

    select
        customer_id,
        month_number,
        order_count,
        net_revenue,
        first_order_date,
        last_order_date
    from order_months

),

event_months as (

    select
        customer_id,
        month_number,
        sum(order_count) as order_count,
        sum(net_revenue) as net_revenue,
        min(first_order_date) as first_order_date,
        max(last_order_date) as last_order_date
    from events
    group by customer_id, month_number

),

accumulated as (

    select
        customer_id,
        month_number,
        order_count,
        net_revenue,
        sum(order_count) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and current row
        ) as cumulative_order_count,
        sum(net_revenue) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and current row
        ) as cumulative_net_revenue,
        count(first_order_date) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and current row
        ) as order_month_count,
        lead(month_number) over (
            partition by customer_id order by month_number
        ) as next_month_number,
        first_order_date,
        max(last_order_date) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and current row
        ) as last_order_date,
        max(last_order_date) over (
            partition by customer_id order by month_number
            rows between unbounded preceding and 1 preceding
        ) as order_date_before
    from event_months

),

-- how long a customer was away before the month of the last order, until a month has a later one
spells as (

    select
        *,
        max(
            case
                when first_order_date is not null
                    then {{ dbt.datediff('order_date_before', 'first_order_date', 'day') }}
            end
        ) over (partition by customer_id, order_month_count) as gap_days
    from accumulated

),

by_month as (

    select
        spells.customer_id,
        months.month_number,
        case when months.month_number = spells.month_number then spells.order_count else 0 end
            as order_count,
        case when months.month_number = spells.month_number then spells.net_revenue else 0 end
            as net_revenue,
        spells.cumulative_order_count,
        spells.cumulative_net_revenue,
        spells.gap_days,
        lifetimes.is_known,
        months.month_number <= lifetimes.last_month_number as is_listed,
        months.is_partial,
        months.is_latest,
        spells.last_order_date,
        months.month_date,
        months.as_of_date
    from spells
    inner join lifetimes on spells.customer_id = lifetimes.customer_id
    inner join months
        on spells.month_number <= months.month_number
        and months.month_number < coalesce(spells.next_month_number, months.month_number + 1)
    where months.month_number <= lifetimes.last_month_number or months.is_latest

),

measured as (

    select
        customer_id,
        month_number,
        cast(order_count as bigint) as order_count,
        cast(net_revenue as decimal(18, 2)) as net_revenue,
        cast(cumulative_order_count as bigint) as cumulative_order_count,
        cast(cumulative_net_revenue as decimal(18, 2)) as cumulative_net_revenue,
        cast(
            {{ dbt.datediff('last_order_date', 'as_of_date', 'day') }}
            as bigint
        ) as days_since_last_order,
        cast(gap_days as bigint) as gap_days,
        is_known,
        is_listed,
        is_partial,
        is_latest,
        month_date,
        as_of_date
    from by_month

)

select * from measured
