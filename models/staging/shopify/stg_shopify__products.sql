with

source as (

    {{ landed_rows(source('shopify', 'products')) }}

),

-- a product's own columns stand on its first row only
completed as (

    select
        *,
        {{ shop_in_account('shopify') }} as shop,
        concat_ws(' / ', option1_value, option2_value, option3_value) as option_values,
        max(title) over (partition by _file_id, handle) as product_title,
        max(vendor) over (partition by _file_id, handle) as product_vendor,
        max(coalesce(product_type, product_category)) over (partition by _file_id, handle)
            as category,
        max(case when is_gift_card then 1 else 0 end) over (partition by _file_id, handle) = 1
            as is_gift_card_product,
        max(status) over (partition by _file_id, handle) as product_status
    from source

),

-- rows without a price are further pictures of the product
variants as (

    select
        *,
        handle || ':' || coalesce(nullif(option_values, ''), variant_sku, '') as variant_key
    from completed
    where variant_price is not null

),

ranked as (

    select
        *,
        {{ newest_file_rank(of=['shop', 'handle']) }} as version_rank,
        {{ newest_row_rank(of=['shop', 'variant_key']) }} as row_rank
    from variants

),

current_versions as (

    select * from ranked
    where version_rank = 1 and row_rank = 1

),

renamed as (

    select
        -- ids
        shop || ':' || variant_key as product_id,
        _file_id as file_id,

        -- text
        shop,
        variant_sku as sku,
        product_title as product_name,
        nullif(nullif(option_values, 'Default Title'), '') as variant_name,
        product_vendor as vendor_name,
        category,
        lower(product_status) as product_status,
        cast(null as string) as currency_code,

        -- numbers
        cast(variant_price as decimal(18, 2)) as price_amount,
        cast(cost_per_item as decimal(18, 2)) as unit_cost_amount,

        -- booleans
        is_gift_card_product as is_gift_card,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
