-- a product's price is the one in the newest delivery that lists it, found among raw rows
with

deliveries as (

    select
        file_id,
        max(exported_at) as delivered_at
    from {{ ref('stg_operations__deliveries') }}
    where counts
    group by file_id

),

listed as (

    select
        case
            when landed._account = 'default' then 'shopify' else 'shopify_' || landed._account
        end as shop,
        landed.variant_sku as sku,
        cast(landed.variant_price as decimal(18, 2)) as price_amount,
        deliveries.delivered_at,
        max(deliveries.delivered_at) over (
            partition by landed._account, landed.variant_sku
        ) as last_delivered_at
    from {{ source('shopify', 'products') }} as landed
    inner join deliveries on landed._file_id = deliveries.file_id
    where landed.variant_sku is not null and landed.variant_price is not null

),

-- a shop may have used a number for two products
newest as (

    select
        shop,
        sku,
        min(price_amount) as price_amount
    from listed
    where delivered_at = last_delivered_at
    group by shop, sku
    having count(*) = 1

),

broken as (

    select
        products.product_id,
        products.price_amount,
        newest.price_amount as newest_price_amount
    from {{ ref('products') }} as products
    inner join newest
        on products.shop = newest.shop
        and products.sku = newest.sku
    where products.price_amount is distinct from newest.price_amount

)

select * from broken
