with

source as (

    {{ landed_rows(source('mapped', 'products')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['shop', 'sku']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        shop || ':' || sku as product_id,
        product_id as shop_product_id,
        _file_id as file_id,

        -- text
        shop,
        sku,
        product_name,
        variant_name,
        vendor_name,
        category,
        upper(currency_code) as currency_code,

        -- numbers
        cast(price as decimal(18, 2)) as price_amount,
        cast(unit_cost as decimal(18, 2)) as unit_cost_amount,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
