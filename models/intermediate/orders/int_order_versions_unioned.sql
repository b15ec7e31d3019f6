{#- whether an export says how much was given back; the API tells each refund by itself -#}
{%- set arms = {
    'shopify_export': ('stg_shopify__order_versions', true),
    'shopify_api': ('stg_shopify__api_order_versions', false),
    'mapped': ('stg_mapped__order_versions', true)
} -%}
with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

exported as (

    {% for order_source, (model, has_refunds) in arms.items() %}
        {% if not loop.first %}union all{% endif %}
        select
            order_id,
            file_id,
            '{{ order_source }}' as order_source,
            payment_status,
            subtotal_amount,
            {{ 'refunded_amount' if has_refunds else '0 as refunded_amount' }},
            is_cancelled,
            exported_at
        from {{ ref(model) }}
    {% endfor %}

),

exported_orders as (

    select distinct order_id
    from exported

),

-- of an order told by its lines alone only the newest file is looked at
completed as (

    select * from exported

    union all

    select
        orders.order_id,
        orders.file_id,
        orders.order_source,
        orders.payment_status,
        orders.subtotal_amount,
        orders.refunded_amount,
        orders.is_cancelled,
        orders.exported_at
    from orders
    left join exported_orders on orders.order_id = exported_orders.order_id
    where exported_orders.order_id is null

),

-- a cancellation with a day of its own is no news of the export that shows it
versions as (

    select
        completed.order_id,
        completed.file_id,
        completed.order_source,
        coalesce(completed.subtotal_amount, orders.subtotal_amount) as subtotal_amount,
        completed.refunded_amount,
        not orders.is_test
        and not {{ is_voided('completed.payment_status') }}
        and not (
            completed.is_cancelled and not (orders.is_cancelled and orders.cancelled_at is not null)
        ) as is_counted,
        completed.exported_at
    from completed
    inner join orders on completed.order_id = orders.order_id

),

followed as (

    select
        *,
        lag(subtotal_amount) over (
            partition by order_id
            order by exported_at asc, file_id asc, order_source desc
        ) as subtotal_before,
        lag(refunded_amount) over (
            partition by order_id
            order by exported_at asc, file_id asc, order_source desc
        ) as refunded_before,
        lag(is_counted) over (
            partition by order_id
            order by exported_at asc, file_id asc, order_source desc
        ) as was_counted
    from versions

),

news as (

    select
        order_id,
        subtotal_amount,
        refunded_amount,
        row_number() over (
            partition by order_id
            order by exported_at asc, file_id asc, order_source desc
        ) as version_number,
        is_counted,
        {{ business_date('exported_at') }} as exported_date
    from followed
    where
        was_counted is null
        or is_counted <> was_counted
        or subtotal_amount <> subtotal_before
        or refunded_amount <> refunded_before

)

select * from news
