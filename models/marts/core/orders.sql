with

orders as (

    select * from {{ ref('int_orders_identified') }}

),

final as (

    select
        -- ids
        order_id,
        customer_id,
        shop_order_id,
        file_id,

        -- text
        shop,
        order_name,
        order_source,
        source_name,
        payment_status,
        currency_code,

        -- numbers
        customer_order_number,
        cast(item_count as decimal(18, 2)) as item_count,
        original_subtotal_amount,
        original_refunded_amount,
        cast(original_net_revenue as decimal(18, 2)) as original_net_revenue,
        cast(gross_revenue as decimal(18, 2)) as gross_revenue,
        subtotal_amount,
        discount_amount,
        shipping_amount,
        tax_amount,
        total_amount,
        refunded_amount,
        cast(net_revenue as decimal(18, 2)) as net_revenue,

        -- booleans
        is_cancelled,
        is_voided,
        is_test,
        is_credit_note,
        is_counted,

        -- dates
        order_date,

        -- timestamps
        ordered_at,
        cancelled_at,
        exported_at

    from orders

)

select * from final
