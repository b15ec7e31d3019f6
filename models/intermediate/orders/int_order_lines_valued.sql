with

order_lines as (

    select * from {{ ref('int_order_lines_unioned') }}

),

order_lines_allocated as (

    select * from {{ ref('int_order_lines_allocated') }}

),

products as (

    select * from {{ ref('int_products_unioned') }}
    where is_named_by_lines

),

valued as (

    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.shop_line_id,
        products.product_id,
        order_lines.shop,
        order_lines.sku,
        coalesce(products.product_name, order_lines.product_name) as product_name,
        coalesce(order_lines.vendor_name, products.vendor_name) as vendor_name,
        coalesce(products.category, order_lines.category) as category,
        order_lines.line_number,
        order_lines.quantity,
        order_lines_allocated.original_gross_revenue,
        order_lines_allocated.original_net_amount,
        order_lines_allocated.gross_revenue,
        order_lines_allocated.net_amount,
        order_lines_allocated.is_counted
    from order_lines
    inner join order_lines_allocated
        on order_lines.order_line_id = order_lines_allocated.order_line_id
    left join products
        on order_lines.shop = products.shop
        and coalesce('sku:' || order_lines.sku, 'name:' || order_lines.product_name)
        = products.line_key

)

select * from valued
