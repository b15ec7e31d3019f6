with

orders as (

    select * from {{ ref('int_orders_identified') }}

),

channels as (

    select * from {{ ref('int_order_channels_credited') }}

),

final as (

    select
        -- ids
        orders.order_id,
        orders.customer_id,
        orders.shop_order_id,
        orders.file_id,

        -- text
        orders.shop,
        orders.order_name,
        orders.order_source,
        orders.source_name,
        orders.payment_status,
        orders.currency_code,
        channels.channel,

        -- numbers
        orders.customer_order_number,
        cast(orders.item_count as decimal(18, 2)) as item_count,
        orders.original_subtotal_amount,
        orders.original_refunded_amount,
        cast(orders.original_net_revenue as decimal(18, 2)) as original_net_revenue,
        cast(orders.gross_revenue as decimal(18, 2)) as gross_revenue,
        orders.subtotal_with_tax_amount,
        orders.subtotal_amount,
        orders.discount_amount,
        orders.shipping_amount,
        orders.tax_amount,
        orders.duty_amount,
        orders.tip_amount,
        orders.total_amount,
        orders.gift_card_sold_amount,
        orders.gift_card_redeemed_amount,
        orders.refunded_amount,
        cast(orders.net_revenue as decimal(18, 2)) as net_revenue,

        -- booleans
        orders.is_tax_included,
        orders.has_goods,
        orders.is_cancelled,
        orders.is_voided,
        orders.has_known_state,
        orders.is_test,
        orders.is_credit_note,
        orders.is_counted,

        -- dates
        orders.order_date,

        -- timestamps
        orders.ordered_at,
        orders.cancelled_at,
        orders.exported_at

    from orders
    left join channels on orders.order_id = channels.order_id

)

select * from final
