with

items as (

    select * from {{ ref('int_square_items_typed') }}

),

orders as (

    select * from {{ ref('int_square_orders_summed') }}

),

-- what a transaction gave back of its own is its refund and no line of it
lines as (

    select
        items.*,
        row_number() over (
            partition by items.order_id
            order by items.local_time asc, items.file_id asc, items.file_line asc
        ) as line_number
    from items
    inner join orders on items.order_id = orders.order_id
    where not items.is_refund or orders.is_credit_note

),

numbered as (

    select
        order_id || ':' || cast(line_number as string) as order_line_id,
        order_id,
        shop_product_id as product_id,
        cast(null as string) as variant_id,
        file_id,
        shop,
        sku,
        case
            when variant_name is null then product_name
            else product_name || ' - ' || variant_name
        end as product_name,
        cast(null as string) as vendor_name,
        category,
        line_number,
        quantity,
        -- gross sales have the tax in them where prices do, net sales and discounts do not
        cast(
            coalesce((net_amount + discount_amount) / nullif(quantity, 0), 0) as decimal(18, 6)
        ) as unit_price_amount,
        cast(discount_amount as decimal(18, 6)) as line_discount_amount,
        line_type = 'gift_card' as is_gift_card,
        exported_at
    from lines

)

select * from numbered
