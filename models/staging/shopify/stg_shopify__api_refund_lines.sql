with

source as (

    {{ landed_rows(source('shopify', 'api_refund_lines')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['refund_line_id']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        'shopify:' || refund_line_id as refund_line_id,
        'shopify:' || refund_id as refund_id,
        'shopify:' || order_id as order_id,
        line_id as shop_line_id,
        _file_id as file_id,

        -- text
        lower(restock_type) as restock_type,

        -- numbers
        cast(quantity as decimal(18, 6)) as refunded_quantity,
        cast(subtotal as decimal(18, 2)) as refunded_line_amount,
        cast(total_tax as decimal(18, 2)) as refunded_tax_amount,

        -- timestamps
        refunded_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
