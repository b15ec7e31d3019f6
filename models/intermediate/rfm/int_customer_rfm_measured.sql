with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

in_window as (

    select
        orders.*,
        as_of.as_of_date
    from orders
    cross join as_of
    {% if var('rfm_window_months') | int > 0 -%}
        where
            orders.order_date > {{ dbt.dateadd(
                'month', -(var('rfm_window_months') | int), 'as_of.as_of_date'
            ) }}
    {%- endif %}

),

measured as (

    select
        customer_id,
        count(*) filter (where not is_credit_note) as order_count,
        sum(net_revenue) as net_revenue,
        max(order_date) filter (where not is_credit_note) as last_order_date,
        max(as_of_date) as as_of_date
    from in_window
    group by customer_id

),

-- a credit note alone is no purchase
buyers as (

    select
        customer_id,
        order_count,
        net_revenue,
        {{ dbt.datediff('last_order_date', 'as_of_date', 'day') }} as recency_days,
        last_order_date,
        as_of_date
    from measured
    where order_count > 0

)

select * from buyers
