with

products as (

    select * from {{ ref('int_products_unioned') }}
    where not is_gift_card

),

final as (

    select
        -- ids
        product_id,
        file_id,

        -- text
        shop,
        sku,
        product_name,
        variant_name,
        vendor_name,
        category,
        currency_code,

        -- numbers
        price_amount,
        unit_cost_amount,

        -- timestamps
        exported_at

    from products

)

select * from final
