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
            {{ 'is_gift_card' if model == 'stg_shopify__products' else 'false' }} as is_gift_card,
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

-- order lines name a product by its stock keeping unit, else by its name and the variant's
named as (

    select
        *,
        coalesce('sku:' || sku, 'name:' || concat_ws(' - ', product_name, variant_name))
            as line_key
    from current_versions

),

-- which a shop may have used twice
products as (

    select
        product_id,
        file_id,
        shop,
        sku,
        line_key,
        product_name,
        variant_name,
        vendor_name,
        category,
        currency_code,
        price_amount,
        unit_cost_amount,
        is_gift_card,
        row_number() over (
            partition by shop, line_key
            order by exported_at desc, product_id asc
        ) = 1 as is_named_by_lines,
        exported_at
    from named

)

select * from products
