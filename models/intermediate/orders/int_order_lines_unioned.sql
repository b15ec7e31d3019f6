with

order_lines as (

    select * from {{ ref('int_order_lines_typed') }}
    where line_type = 'goods'

),

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

-- an order's lines come from the export that told the order
lines_of_orders as (

    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.shop_line_id,
        order_lines.shop_product_id,
        order_lines.variant_id,
        order_lines.order_source,
        orders.shop,
        order_lines.sku,
        order_lines.product_name,
        order_lines.vendor_name,
        order_lines.category,
        order_lines.line_number,
        order_lines.quantity,
        order_lines.unit_price_amount,
        order_lines.line_discount_amount,
        order_lines.discounted_amount,
        order_lines.tax_amount
    from order_lines
    inner join orders
        on order_lines.order_id = orders.order_id
        and order_lines.order_source = orders.order_source

)

select * from lines_of_orders
