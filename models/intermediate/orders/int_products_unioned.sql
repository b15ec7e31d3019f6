{%- set arms = [
    'stg_shopify__products', 'stg_mapped__products', 'int_square_products_sold'
] -%}
with

unioned as (

    {% for model in arms %}
        {% if not loop.first %}union all{% endif %}
        select
            product_id,
            file_id,
            '{{ model }}' as arm,
            shop,
            sku,
            product_name,
            variant_name,
            vendor_name,
            category,
            currency_code,
            price_amount,
            unit_cost_amount,
            exported_at
        from {{ ref(model) }}
    {% endfor %}

),

ranked as (

    select
        *,
        row_number() over (
            partition by product_id
            order by exported_at desc, file_id desc, arm asc
        ) as version_rank
    from unioned

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- order lines name a product by its stock keeping unit, which a shop may have used twice
products as (

    select
        product_id,
        file_id,
        shop,
        sku,
        product_name,
        variant_name,
        vendor_name,
        category,
        currency_code,
        price_amount,
        unit_cost_amount,
        sku is not null
        and row_number() over (partition by shop, sku order by exported_at desc, product_id asc) = 1
            as is_named_by_sku,
        exported_at
    from current_versions

)

select * from products
