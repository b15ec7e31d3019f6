with

orders as (

    select * from {{ ref('stg_shopify__api_orders') }}

),

refunds as (

    select * from {{ ref('stg_shopify__api_refunds') }}

),

refunds_by_order as (

    select
        order_id,
        cast(sum(refunded_amount) as decimal(18, 2)) as refunded_amount,
        max(refunded_at) as last_refunded_at
    from refunds
    group by order_id

),

orders_refunded as (

    select
        orders.order_id,
        orders.shop_order_id,
        orders.shop_customer_id,
        orders.checkout_token,
        orders.cart_token,
        orders.file_id,
        orders.shop,
        orders.order_name,
        orders.email,
        orders.phone,
        orders.first_name,
        orders.last_name,
        orders.city,
        orders.region,
        orders.postal_code,
        orders.country_code,
        orders.currency_code,
        orders.payment_status,
        orders.fulfillment_status,
        orders.source_name,
        orders.landing_site,
        orders.referring_site,
        orders.note_attributes,
        orders.discount_codes,
        orders.order_tags,
        orders.subtotal_amount,
        orders.discount_amount,
        orders.shipping_amount,
        orders.tax_amount,
        orders.total_amount,
        {{ refunded_goods(
            'coalesce(refunds_by_order.refunded_amount, 0)',
            'orders.subtotal_amount',
            'orders.shipping_amount',
            'orders.total_amount'
        ) }} as refunded_amount,
        orders.accepts_email,
        orders.is_cancelled,
        orders.is_test,
        orders.is_credit_note,
        orders.ordered_at,
        orders.cancelled_at,
        orders.updated_at,
        orders.exported_at,
        refunds_by_order.last_refunded_at
    from orders
    left join refunds_by_order on orders.order_id = refunds_by_order.order_id

)

select * from orders_refunded
