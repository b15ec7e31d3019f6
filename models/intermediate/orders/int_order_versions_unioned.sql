{#- how an export says how much was given back: as money for anything, or for goods -#}
{%- set arms = {
    'shopify_export': ('stg_shopify__order_versions', 'refunded_total_amount', 'null'),
    'shopify_api': ('stg_shopify__api_order_versions', 'null', 'refunded_amount'),
    'mapped': ('stg_mapped__order_versions', 'refunded_total_amount', 'refunded_amount')
} -%}
with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

order_states as (

    select * from {{ ref('order_states') }}

),

exported as (

    {% for order_source, (model, refunded_total, refunded) in arms.items() %}
        {% if not loop.first %}union all{% endif %}
        select
            order_id,
            file_id,
            '{{ order_source }}' as order_source,
            payment_status,
            subtotal_amount,
            cast({{ refunded_total }} as decimal(18, 2)) as refunded_total_amount,
            cast({{ refunded }} as decimal(18, 2)) as refunded_amount,
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
        orders.stated_subtotal_amount as subtotal_amount,
        cast(null as decimal(18, 2)) as refunded_total_amount,
        orders.refunded_with_tax_amount as refunded_amount,
        orders.is_cancelled,
        orders.exported_at
    from orders
    left join exported_orders on orders.order_id = exported_orders.order_id
    where exported_orders.order_id is null

),

refunded as (

    select
        completed.*,
        case
            when
                order_states.is_refunded
                and orders.subtotal_with_tax_amount > 0
                and coalesce(completed.refunded_total_amount, completed.refunded_amount, 0) = 0
                then orders.subtotal_with_tax_amount
            when completed.refunded_total_amount is not null
                then
                    {{ refunded_goods(
                        'completed.refunded_total_amount',
                        'orders.subtotal_with_tax_amount',
                        'orders.services_amount',
                        'orders.total_amount'
                    ) }}
            else coalesce(completed.refunded_amount, 0)
        end as refunded_with_tax_amount,
        not coalesce(order_states.is_counted, true) as is_voided
    from completed
    inner join orders on completed.order_id = orders.order_id
    left join order_states
        on split_part(completed.order_source, '_', 1) = order_states.vendor
        and {{ order_state_key('completed.payment_status') }}
        = {{ order_state_key('order_states.order_state') }}

),

-- a cancellation with a day of its own is no news of the export that shows it; the tax and the gift
-- cards in an older subtotal are as they are in the newest
versions as (

    select
        refunded.order_id,
        refunded.file_id,
        refunded.order_source,
        {{ untaxed(
            'coalesce(refunded.subtotal_amount, orders.stated_subtotal_amount)',
            'orders.subtotal_amount',
            'orders.stated_subtotal_amount'
        ) }} as subtotal_amount,
        {{ untaxed(
            'refunded.refunded_with_tax_amount',
            'orders.subtotal_amount',
            'orders.subtotal_with_tax_amount'
        ) }} as refunded_amount,
        orders.has_goods
        and not orders.is_test
        and not refunded.is_voided
        and not (
            refunded.is_cancelled and not (orders.is_cancelled and orders.cancelled_at is not null)
        ) as is_counted,
        refunded.exported_at
    from refunded
    inner join orders on refunded.order_id = orders.order_id

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
