with

source as (

    {{ landed_rows(source('shopify', 'api_order_lines')) }}

),

-- all lines of an order come from its newest state; a state that arrived twice counts once
ranked as (

    select
        *,
        rank() over (
            partition by order_id
            order by order_updated_at desc nulls last, _exported_at desc, _file_id desc
        ) as version_rank,
        {{ newest_row_rank(of=['order_id', 'line_number'], by=['order_updated_at']) }} as row_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1 and row_rank = 1

),

renamed as (

    select
        -- ids
        'shopify:' || order_id || ':' || cast(line_number as string) as order_line_id,
        'shopify:' || order_id as order_id,
        line_id as shop_line_id,
        product_id,
        variant_id,
        _file_id as file_id,

        -- text
        {{ shop_in_account('shopify') }} as shop,
        sku,
        name as product_name,
        vendor as vendor_name,
        lower(fulfillment_status) as fulfillment_status,

        -- numbers
        line_number,
        cast(quantity as decimal(18, 6)) as quantity,
        cast(price as decimal(18, 6)) as unit_price_amount,
        cast(coalesce(total_discount, 0) as decimal(18, 6)) as line_discount_amount,
        {{ json_sum('tax_lines', 'price') }} as tax_amount,

        -- booleans
        coalesce(is_gift_card, false) as is_gift_card,
        not requires_shipping and not is_taxable as may_be_gift_card,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
