{%- set arms = {
    'shopify_export': ('stg_shopify__order_lines', 'cast(null as boolean)', 'may_be_gift_card'),
    'shopify_api': ('stg_shopify__api_order_lines', 'is_gift_card', 'may_be_gift_card'),
    'mapped': ('stg_mapped__order_lines', 'cast(null as boolean)', 'cast(null as boolean)'),
    'square': ('int_square_order_lines_numbered', 'is_gift_card', 'cast(null as boolean)')
} -%}
with

products as (

    select * from {{ ref('int_products_unioned') }}
    where is_named_by_lines

),

line_types as (

    select * from {{ ref('line_types') }}

),

unioned as (

    {% for order_source, (model, is_gift_card, may_be_gift_card) in arms.items() %}
        {%- set is_api = order_source == 'shopify_api' %}
        {%- set has_tax = order_source in ('shopify_api', 'mapped') %}
        {%- set has_category = order_source in ('mapped', 'square') %}
        {% if not loop.first %}union all{% endif %}
        select
            order_line_id,
            order_id,
            {{ 'shop_line_id' if is_api else 'cast(null as string) as shop_line_id' }},
            product_id as shop_product_id,
            variant_id,
            '{{ order_source }}' as order_source,
            shop,
            sku,
            product_name,
            vendor_name,
            {{ 'category' if has_category else 'cast(null as string) as category' }},
            line_number,
            quantity,
            unit_price_amount,
            line_discount_amount,
            {{ 'tax_amount' if has_tax else 'cast(null as decimal(18, 2)) as tax_amount' }},
            {{ is_gift_card }} as is_gift_card,
            {{ may_be_gift_card }} as may_be_gift_card
        from {{ ref(model) }}
    {% endfor %}

),

catalogued as (

    select
        unioned.*,
        coalesce(products.category, unioned.category) as product_type,
        products.is_gift_card as is_gift_card_product
    from unioned
    left join products
        on unioned.shop = products.shop
        and coalesce('sku:' || unioned.sku, 'name:' || unioned.product_name) = products.line_key

),

-- a good may be called like a card, so a name counts only where nothing says that it is shipped
typed as (

    select
        catalogued.order_line_id,
        catalogued.order_id,
        catalogued.shop_line_id,
        catalogued.shop_product_id,
        catalogued.variant_id,
        catalogued.order_source,
        catalogued.shop,
        catalogued.sku,
        catalogued.product_name,
        catalogued.vendor_name,
        catalogued.category,
        case
            when catalogued.is_gift_card then 'gift_card'
            when not coalesce(catalogued.may_be_gift_card, true) then 'goods'
            when catalogued.is_gift_card_product then 'gift_card'
            else coalesce(named_types.line_type, category_types.line_type, 'goods')
        end as line_type,
        catalogued.line_number,
        catalogued.quantity,
        catalogued.unit_price_amount,
        catalogued.line_discount_amount,
        cast(
            round(
                catalogued.quantity * catalogued.unit_price_amount
                - coalesce(catalogued.line_discount_amount, 0), 2
            ) as decimal(18, 2)
        ) as discounted_amount,
        catalogued.tax_amount
    from catalogued
    left join line_types as named_types
        on lower(split_part(catalogued.product_name, ' - ', 1)) = named_types.line_name
    left join line_types as category_types
        on lower(catalogued.product_type) = category_types.line_name

)

select * from typed
