with

items as (

    select * from {{ ref('int_square_items_typed') }}
    where
        not is_refund
        and product_name is not null
        and line_type = 'goods'
        and coalesce(item_kind, '') <> 'custom amount'

),

-- older reports give items no id, so the name and the price point tell them apart in all of them
keyed as (

    select
        *,
        shop || ':' || lower(product_name) || coalesce(':' || lower(variant_name), '')
            as product_id
    from items

),

ranked as (

    select
        *,
        row_number() over (
            partition by product_id
            order by local_time desc, file_id desc, file_line desc
        ) as sale_rank
    from keyed

),

products as (

    select
        product_id,
        file_id,
        shop,
        sku,
        product_name,
        variant_name,
        cast(null as string) as vendor_name,
        category,
        currency_code,
        cast(gross_amount / nullif(quantity, 0) as decimal(18, 2)) as price_amount,
        cast(null as decimal(18, 2)) as unit_cost_amount,
        exported_at
    from ranked
    where sale_rank = 1

)

select * from products
