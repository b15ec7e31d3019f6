{#- the model of each source, and what only Shopify's exports have -#}
{%- set arms = {
    'shopify_export': 'stg_shopify__orders',
    'shopify_api': 'stg_shopify__api_orders',
    'mapped': 'int_mapped_orders_completed',
    'square': 'int_square_orders_summed'
} -%}
{%- set shopify_amounts = [
    'duty_amount', 'tip_amount', 'gift_card_redeemed_amount'
] -%}
with

unioned as (

    {% for order_source, model in arms.items() %}
        {%- set is_shopify = order_source in ('shopify_export', 'shopify_api') %}
        {%- set is_api = order_source == 'shopify_api' %}
        {% if not loop.first %}union all{% endif %}
        select
            order_id,
            shop_order_id,
            shop_customer_id,
            file_id,
            '{{ order_source }}' as order_source,
            shop,
            order_name,
            email,
            phone,
            first_name,
            last_name,
            city,
            region,
            postal_code,
            country_code,
            currency_code,
            {{ 'presentment_currency_code' if is_api
                else 'cast(null as string) as presentment_currency_code' }},
            payment_status,
            source_name,
            cast(subtotal_amount as decimal(18, 2)) as subtotal_amount,
            cast(discount_amount as decimal(18, 2)) as discount_amount,
            cast(shipping_amount as decimal(18, 2)) as shipping_amount,
            cast(tax_amount as decimal(18, 2)) as tax_amount,
            cast(total_amount as decimal(18, 2)) as total_amount,
            {% for amount in shopify_amounts %}
                cast({{ amount if is_shopify else 'null' }} as decimal(18, 2)) as {{ amount }},
            {% endfor %}
            {{ 'presentment_total_amount' if is_api
                else 'cast(null as decimal(18, 2)) as presentment_total_amount' }},
            cast(
                {{ 'null' if order_source == 'square' else 'refunded_total_amount' }}
                as decimal(18, 2)
            ) as refunded_total_amount,
            cast(refunded_amount as decimal(18, 2)) as refunded_amount,
            {{ 'tax_percent' if is_shopify else 'cast(null as double) as tax_percent' }},
            prices_include_tax,
            is_cancelled,
            is_test,
            is_credit_note,
            ordered_at,
            cancelled_at,
            exported_at
        from {{ ref(model) }}
    {% endfor %}

),

-- the same order may come in an admin's download and from the API: the newest tells all of it
ranked as (

    select
        *,
        row_number() over (
            partition by order_id
            order by exported_at desc, file_id desc, order_source asc
        ) as version_rank
    from unioned

),

orders as (

    select
        order_id,
        shop_order_id,
        shop_customer_id,
        file_id,
        order_source,
        shop,
        order_name,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        postal_code,
        country_code,
        currency_code,
        presentment_currency_code,
        payment_status,
        source_name,
        subtotal_amount,
        discount_amount,
        shipping_amount,
        tax_amount,
        total_amount,
        duty_amount,
        tip_amount,
        gift_card_redeemed_amount,
        refunded_total_amount,
        presentment_total_amount,
        refunded_amount,
        tax_percent,
        prices_include_tax,
        is_cancelled,
        is_test,
        is_credit_note,
        ordered_at,
        cancelled_at,
        exported_at
    from ranked
    where version_rank = 1

)

select * from orders
