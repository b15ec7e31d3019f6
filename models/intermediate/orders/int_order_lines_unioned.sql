{%- set arms = {
    'shopify_export': ('stg_shopify__order_lines', false),
    'shopify_api': ('stg_shopify__api_order_lines', false),
    'mapped': ('stg_mapped__order_lines', true),
    'square': ('int_square_order_lines_numbered', true)
} -%}
with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

unioned as (

    {% for order_source, (model, has_category) in arms.items() %}
        {% if not loop.first %}union all{% endif %}
        select
            order_line_id,
            order_id,
            product_id as shop_product_id,
            variant_id,
            '{{ order_source }}' as order_source,
            sku,
            product_name,
            vendor_name,
            {{ 'category' if has_category else 'cast(null as string) as category' }},
            line_number,
            quantity,
            unit_price_amount,
            line_discount_amount
        from {{ ref(model) }}
    {% endfor %}

),

-- an order's lines come from the export that told the order
order_lines as (

    select
        unioned.order_line_id,
        unioned.order_id,
        unioned.shop_product_id,
        unioned.variant_id,
        unioned.order_source,
        orders.shop,
        unioned.sku,
        unioned.product_name,
        unioned.vendor_name,
        unioned.category,
        unioned.line_number,
        unioned.quantity,
        unioned.unit_price_amount,
        unioned.line_discount_amount
    from unioned
    inner join orders
        on unioned.order_id = orders.order_id
        and unioned.order_source = orders.order_source

)

select * from order_lines
