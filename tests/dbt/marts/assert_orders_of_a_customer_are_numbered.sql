-- what counts is numbered from a customer's first order on, without a gap; nothing else is
with

orders as (

    select * from {{ ref('orders') }}

),

numbers_by_customer as (

    select
        customer_id,
        count(*) filter (where is_counted and not is_credit_note) as order_count,
        count(customer_order_number) as number_count,
        count(distinct customer_order_number) as distinct_number_count,
        coalesce(max(customer_order_number), 0) as greatest_number
    from orders
    group by customer_id

)

select * from numbers_by_customer
where
    number_count <> order_count
    or distinct_number_count <> order_count
    or greatest_number <> order_count
