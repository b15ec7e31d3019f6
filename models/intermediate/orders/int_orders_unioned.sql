{%- set arms = {
    'shopify_export': 'stg_shopify__orders',
    'shopify_api': 'int_shopify_orders_refunded',
    'mapped': 'int_mapped_orders_completed',
    'square': 'int_square_orders_summed'
} -%}
with

unioned as (

    {% for order_source, model in arms.items() %}
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
            payment_status,
            source_name,
            cast(subtotal_amount as decimal(18, 2)) as subtotal_amount,
            cast(discount_amount as decimal(18, 2)) as discount_amount,
            cast(shipping_amount as decimal(18, 2)) as shipping_amount,
            cast(tax_amount as decimal(18, 2)) as tax_amount,
            cast(total_amount as decimal(18, 2)) as total_amount,
            cast(coalesce(refunded_amount, 0) as decimal(18, 2)) as refunded_amount,
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
        payment_status,
        source_name,
        subtotal_amount,
        discount_amount,
        shipping_amount,
        tax_amount,
        total_amount,
        refunded_amount,
        is_cancelled,
        is_test,
        {{ is_voided('payment_status') }} as is_voided,
        is_credit_note,
        not is_cancelled
        and not is_test
        and not {{ is_voided('payment_status') }} as is_counted,
        {{ business_date('ordered_at') }} as order_date,
        ordered_at,
        cancelled_at,
        exported_at
    from ranked
    where version_rank = 1

)

select * from orders
