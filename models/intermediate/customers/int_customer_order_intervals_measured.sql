with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted and not is_credit_note

),

followed as (

    select
        customer_id,
        order_date,
        lag(order_date) over (
            partition by customer_id order by ordered_at, order_id
        ) as order_date_before
    from orders

),

intervals as (

    select
        customer_id,
        {{ dbt.datediff('order_date_before', 'order_date', 'day') }}
            as interval_days
    from followed
    where order_date_before is not null

),

measured as (

    select
        customer_id,
        cast(median(interval_days) as decimal(18, 2)) as median_days_between_orders
    from intervals
    group by customer_id

)

select * from measured
