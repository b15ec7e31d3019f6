{%- set months = var('rfm_window_months') | int -%}
with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted

),

-- a person nobody can recognise again cannot be loyal or lost: an order without an identifier would
-- be a customer of its own here and push everybody else's scores up
known_customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}
    where is_known

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

windows as (

    select
        as_of_date,
        {% if months > 0 -%}
            {{ dbt.dateadd('month', -months, 'as_of_date') }} as after_date
        {%- else -%}
            cast(null as timestamp) as after_date
        {%- endif %}
    from as_of

),

in_window as (

    select
        orders.customer_id,
        orders.is_credit_note,
        orders.net_revenue,
        orders.order_date,
        windows.as_of_date
    from orders
    inner join known_customers on orders.customer_id = known_customers.customer_id
    cross join windows
    where windows.after_date is null or orders.order_date > windows.after_date

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
        cast(
            {{ dbt.datediff('last_order_date', 'as_of_date', 'day') }}
            as bigint
        ) as recency_days,
        last_order_date,
        as_of_date
    from measured
    where order_count > 0

)

select * from buyers
