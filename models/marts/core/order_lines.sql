with

order_lines as (

    select * from {{ ref('int_order_lines_valued') }}

),

orders as (

    select * from {{ ref('int_orders_identified') }}

),

final as (

    select
        -- ids
        order_lines.order_line_id,
        order_lines.order_id,
        orders.customer_id,
        order_lines.product_id,

        -- text
        order_lines.shop,
        order_lines.sku,
        order_lines.product_name,
        order_lines.vendor_name,
        order_lines.category,
        orders.currency_code,

        -- numbers
        order_lines.line_number,
        cast(order_lines.quantity as decimal(18, 2)) as quantity,
        order_lines.original_gross_revenue,
        order_lines.original_net_amount,
        order_lines.gross_revenue,
        order_lines.net_amount,

        -- booleans
        orders.is_credit_note,
        order_lines.is_counted,

        -- dates
        orders.order_date

    from order_lines
    inner join orders on order_lines.order_id = orders.order_id

)

select * from final
