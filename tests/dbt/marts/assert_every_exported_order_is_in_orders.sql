-- each order that an export names is one row of orders, in its currency
with

exported as (

    {% for model in [
        'stg_shopify__orders', 'stg_shopify__api_orders', 'int_mapped_orders_completed',
        'stg_square__items'
    ] %}
        {% if not loop.first %}union all{% endif %}
        select
            order_id,
            currency_code
        from {{ ref(model) }}
    {% endfor %}

),

orders as (

    select * from {{ ref('orders') }}

),

missing as (

    select
        exported.order_id,
        exported.currency_code
    from exported
    left join orders
        on exported.order_id = orders.order_id
        and exported.currency_code = orders.currency_code
    where orders.order_id is null

    union all

    select
        orders.order_id,
        orders.currency_code
    from orders
    left join exported on orders.order_id = exported.order_id
    where exported.order_id is null

)

select * from missing
