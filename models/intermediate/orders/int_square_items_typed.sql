with

items as (

    select * from {{ ref('stg_square__items') }}

),

line_types as (

    select * from {{ ref('line_types') }}

),

typed as (

    select
        items.item_row_id,
        items.order_id,
        items.shop_order_id,
        items.shop_customer_id,
        items.shop_product_id,
        items.file_id,
        items.shop,
        items.location_name,
        items.first_name,
        items.last_name,
        items.currency_code,
        items.sku,
        items.product_name,
        items.variant_name,
        items.category,
        items.item_kind,
        case
            when items.item_kind = 'gift card' then 'gift_card'
            else coalesce(named_types.line_type, category_types.line_type, 'goods')
        end as line_type,
        items.time_zone_label,
        items.file_line,
        items.quantity,
        items.gross_amount,
        items.discount_amount,
        items.net_amount,
        items.tax_amount,
        items.is_refund,
        items.sold_date,
        items.local_time,
        items.exported_at
    from items
    left join line_types as named_types
        on lower(items.product_name) = named_types.line_name
    left join line_types as category_types
        on lower(items.category) = category_types.line_name

)

select * from typed
