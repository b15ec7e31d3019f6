with

orders as (

    select * from {{ ref('stg_mapped__orders') }}

),

orders_summed as (

    select * from {{ ref('int_mapped_orders_summed') }}

),

countries as (

    select * from {{ ref('countries') }}

),

stated_orders as (

    select
        orders.order_id,
        orders.shop_order_id,
        orders.shop_customer_id,
        orders.file_id,
        orders.shop,
        orders.order_name,
        orders.email,
        orders.phone,
        orders.first_name,
        orders.last_name,
        orders.city,
        orders.region,
        cast(null as string) as postal_code,
        coalesce(countries.country_code, orders.country_code) as country_code,
        orders.currency_code,
        orders.payment_status,
        orders.source_name,
        coalesce(orders.subtotal_amount, orders_summed.subtotal_amount) as subtotal_amount,
        coalesce(orders.discount_amount, orders_summed.discount_amount) as discount_amount,
        orders.shipping_amount,
        coalesce(orders.tax_amount, orders_summed.tax_amount) as tax_amount,
        orders.total_amount,
        orders.refunded_amount,
        orders.refunded_total_amount,
        coalesce(orders.prices_include_tax, orders_summed.prices_include_tax)
            as prices_include_tax,
        orders.is_cancelled,
        orders.is_test,
        orders.is_credit_note,
        orders.ordered_at,
        orders.cancelled_at,
        orders.exported_at
    from orders
    left join orders_summed on orders.order_id = orders_summed.order_id
    left join countries on lower(orders.country) = lower(countries.country_name)

),

-- a line without a date belongs to an order that has a row of its own, or is yet to come
derived_orders as (

    select
        orders_summed.order_id,
        orders_summed.shop_order_id,
        orders_summed.shop_customer_id,
        orders_summed.file_id,
        orders_summed.shop,
        orders_summed.order_name,
        orders_summed.email,
        orders_summed.phone,
        orders_summed.first_name,
        orders_summed.last_name,
        orders_summed.city,
        orders_summed.region,
        cast(null as string) as postal_code,
        coalesce(countries.country_code, orders_summed.country_code) as country_code,
        orders_summed.currency_code,
        orders_summed.payment_status,
        orders_summed.source_name,
        orders_summed.subtotal_amount,
        orders_summed.discount_amount,
        cast(null as decimal(18, 2)) as shipping_amount,
        orders_summed.tax_amount,
        cast(null as decimal(18, 2)) as total_amount,
        cast(null as decimal(18, 2)) as refunded_amount,
        cast(null as decimal(18, 2)) as refunded_total_amount,
        orders_summed.prices_include_tax,
        orders_summed.is_cancelled,
        orders_summed.is_test,
        orders_summed.is_credit_note,
        orders_summed.ordered_at,
        cast(null as timestamp) as cancelled_at,
        orders_summed.exported_at
    from orders_summed
    left join orders on orders_summed.order_id = orders.order_id
    left join countries on lower(orders_summed.country) = lower(countries.country_name)
    where orders.order_id is null and orders_summed.ordered_at is not null

),

unioned as (

    select * from stated_orders
    union all
    select * from derived_orders

),

completed as (

    select
        order_id,
        shop_order_id,
        shop_customer_id,
        file_id,
        shop,
        order_name,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        postal_code,
        country_code,
        currency_code,
        payment_status,
        source_name,
        subtotal_amount,
        discount_amount,
        shipping_amount,
        tax_amount,
        coalesce(
            total_amount,
            subtotal_amount
            + coalesce(shipping_amount, 0)
            + case when prices_include_tax then 0 else coalesce(tax_amount, 0) end
        ) as total_amount,
        refunded_amount,
        refunded_total_amount,
        prices_include_tax,
        is_cancelled,
        is_test,
        is_credit_note,
        ordered_at,
        cancelled_at,
        exported_at
    from unioned

)

select * from completed
