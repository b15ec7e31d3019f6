with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted

),

aggregated as (

    select
        customer_id,
        count(*) filter (where not is_credit_note) as order_count,
        sum(item_count) filter (where not is_credit_note) as item_count,
        count(item_count) filter (where not is_credit_note) as itemized_order_count,
        sum(gross_revenue) filter (where not is_credit_note) as gross_revenue,
        sum(subtotal_amount) filter (where not is_credit_note) as subtotal_amount,
        sum(discount_amount) filter (where not is_credit_note) as discount_amount,
        sum(gross_revenue) filter (where not is_credit_note and discount_amount is not null)
            as discount_stated_revenue,
        sum(case when is_credit_note then -subtotal_amount else refunded_amount end)
            as refunded_amount,
        sum(net_revenue) as net_revenue,
        min(order_date) filter (where not is_credit_note) as first_order_date,
        max(order_date) filter (where not is_credit_note) as last_order_date,
        min(ordered_at) filter (where not is_credit_note) as first_ordered_at,
        max(ordered_at) filter (where not is_credit_note) as last_ordered_at
    from orders
    group by customer_id

),

measured as (

    select
        *,
        {{ ratio('net_revenue', 'order_count', 2) }} as average_order_value,
        {{ ratio('item_count', 'itemized_order_count', 2) }} as average_basket_size,
        {{ ratio(
            dbt.datediff('first_order_date', 'last_order_date', 'day'), 'order_count - 1', 2
        ) }} as average_days_between_orders,
        {{ ratio('refunded_amount', 'subtotal_amount', 4) }} as refund_rate,
        {{ ratio('discount_amount', 'discount_stated_revenue', 4) }} as discount_share
    from aggregated

)

select * from measured
