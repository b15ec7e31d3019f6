-- what the newest export says of each counted order is in orders, to the cent, by currency
with

exported as (

    {% for model in [
        'stg_shopify__orders', 'int_shopify_orders_refunded', 'int_mapped_orders_completed'
    ] %}
        {% if not loop.first %}union all{% endif %}
        select
            order_id,
            currency_code,
            subtotal_amount - coalesce(refunded_amount, 0) as net_revenue,
            not is_cancelled
            and not is_test
            and coalesce(payment_status, '') not in ('voided', 'expired') as is_counted,
            cast(exported_at as {{ dbt.type_string() }})
            || coalesce(file_id, '') || '{{ 2 - loop.index0 }}' as version
        from {{ ref(model) }}
    {% endfor %}

    union all

    -- a till's report has rows, of which those given back are negative
    select
        order_id,
        max(currency_code) as currency_code,
        sum(net_amount) as net_revenue,
        true as is_counted,
        '' as version
    from {{ ref('stg_square__items') }}
    group by order_id

),

newest as (

    select
        order_id,
        max_by(currency_code, version) as currency_code,
        max_by(case when is_counted then net_revenue else 0 end, version) as net_revenue
    from exported
    group by order_id

),

exported_by_currency as (

    select
        currency_code,
        count(*) as order_count,
        sum(net_revenue) as net_revenue
    from newest
    group by currency_code

),

orders_by_currency as (

    select
        currency_code,
        count(*) as order_count,
        sum(original_net_revenue) as net_revenue
    from {{ ref('orders') }}
    group by currency_code

),

compared as (

    select
        exported_by_currency.currency_code as exported_currency_code,
        orders_by_currency.currency_code as orders_currency_code,
        exported_by_currency.order_count as exported_order_count,
        orders_by_currency.order_count,
        exported_by_currency.net_revenue as exported_net_revenue,
        orders_by_currency.net_revenue
    from exported_by_currency
    full outer join orders_by_currency
        on exported_by_currency.currency_code = orders_by_currency.currency_code

)

select * from compared
where
    exported_order_count is distinct from order_count
    or exported_net_revenue is distinct from net_revenue
