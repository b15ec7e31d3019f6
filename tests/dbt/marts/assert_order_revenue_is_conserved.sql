-- each order earns what the raw row of its export leaves for goods. The row says what was charged;
-- how the models take tax, gift cards, tips and refunds apart is not used here, only bounded by it:
-- goods carry at least their share of the included tax, and money paid back for goods is what was
-- paid back at all less at most shipping, tips, duties and tax on top
with

exported as (

    select
        'shopify:' || order_id as order_id,
        'shopify_export' as order_source,
        _file_id as file_id,
        subtotal,
        coalesce(shipping, 0) as shipping,
        coalesce(taxes, 0) as tax,
        coalesce(duties, 0) as duties,
        total,
        coalesce(refunded_amount, 0) as refunded_total,
        null as is_tax_included,
        cancelled_at is not null as is_cancelled,
        lower(financial_status) in ('voided', 'expired') as is_voided
    from {{ source('shopify', 'order_lines') }}
    where
        order_id is not null
        and coalesce(lower(payment_method) not like '%bogus%', true)

    union all

    select
        'shopify:' || order_id as order_id,
        'shopify_api' as order_source,
        _file_id as file_id,
        subtotal_price as subtotal,
        coalesce(total_shipping, 0) as shipping,
        coalesce(total_tax, 0) as tax,
        coalesce(total_duties, 0) as duties,
        total_price as total,
        null as refunded_total,
        taxes_included as is_tax_included,
        cancelled_at is not null as is_cancelled,
        lower(financial_status) in ('voided', 'expired') as is_voided
    from {{ source('shopify', 'api_orders') }}
    where not coalesce(test, false)

    union all

    select
        shop || ':' || order_id as order_id,
        'mapped' as order_source,
        _file_id as file_id,
        subtotal,
        coalesce(shipping, 0) as shipping,
        coalesce(tax, 0) as tax,
        0 as duties,
        total,
        refunded_total,
        prices_include_tax as is_tax_included,
        coalesce(is_cancelled, cancelled_at is not null) as is_cancelled,
        lower(payment_status) in (
            'voided', 'expired', 'cancelled', 'canceled', 'failed', 'pending payment', 'draft'
        ) as is_voided
    from {{ source('mapped', 'orders') }}
    where not coalesce(is_test, false)

),

-- a file may hold an order twice, in two states; what only one of them says is not compared
exported_once as (

    select
        order_id,
        order_source,
        file_id,
        min(subtotal) as subtotal,
        min(shipping) as shipping,
        min(tax) as tax,
        min(duties) as duties,
        min(total) as total,
        min(refunded_total) as refunded_total,
        bool_or(is_tax_included) as is_tax_included,
        bool_or(coalesce(is_cancelled, false) or coalesce(is_voided, false)) as is_void
    from exported
    group by order_id, order_source, file_id
    having
        count(distinct subtotal) = 1
        and count(distinct total) <= 1
        and count(distinct tax) = 1
        and count(distinct refunded_total) <= 1
        and count(distinct coalesce(is_cancelled, false) or coalesce(is_voided, false)) = 1

),

compared as (

    select
        orders.*,
        exported_once.subtotal,
        exported_once.shipping,
        exported_once.tax,
        exported_once.refunded_total,
        exported_once.is_void,
        exported_once.duties,
        exported_once.is_tax_included as is_stated_tax_included,
        orders.subtotal_with_tax_amount - orders.subtotal_amount as goods_tax,
        exported_once.total - exported_once.subtotal - exported_once.shipping
        - exported_once.duties as surplus
    from {{ ref('int_orders_unioned') }} as orders
    inner join exported_once
        on orders.order_id = exported_once.order_id
        and orders.order_source = exported_once.order_source
        and orders.file_id = exported_once.file_id

),

broken as (

    select
        order_id,
        'goods and gift cards are not the subtotal' as broken_law
    from compared
    where
        subtotal_with_tax_amount + gift_card_sold_amount <> subtotal
        and subtotal_with_tax_amount + gift_card_sold_amount + coalesce(tip_amount, 0)
        <> subtotal

    union all

    select
        order_id,
        'included tax is left in the goods' as broken_law
    from compared
    where
        tax > 0
        and subtotal_with_tax_amount > 0
        and surplus in (0, coalesce(tip_amount, 0))
        and surplus <> tax
        and order_source <> 'shopify_api'
        and goods_tax
        < tax * subtotal_with_tax_amount / (subtotal_with_tax_amount + shipping) - 0.01

    union all

    select
        order_id,
        'included tax is left in the goods' as broken_law
    from compared
    where
        is_stated_tax_included
        and subtotal_with_tax_amount > 0
        and shipping = 0
        and duties = 0
        and goods_tax <> tax

    union all

    select
        order_id,
        'more than the tax was taken out' as broken_law
    from compared
    where
        abs(goods_tax) > abs(tax)
        or (surplus = tax and coalesce(tip_amount, 0) = 0 and tax <> 0 and goods_tax <> 0)

    union all

    select
        order_id,
        'more or less was given back than was paid back' as broken_law
    from compared
    where
        refunded_total is not null
        and subtotal_with_tax_amount > 0
        and (
            refunded_with_tax_amount > refunded_total
            or refunded_with_tax_amount
            < least(
                subtotal_with_tax_amount,
                refunded_total - shipping - tax - services_amount - gift_card_sold_amount
            )
            - 0.01
        )

    union all

    select
        order_id,
        'what was called off counts' as broken_law
    from compared
    where is_void and is_counted

    union all

    select
        orders.order_id,
        'net revenue is not goods less refunds' as broken_law
    from {{ ref('orders') }} as orders
    inner join {{ ref('int_orders_unioned') }} as unioned on orders.order_id = unioned.order_id
    where
        orders.original_net_revenue
        <> case
            when unioned.is_counted then unioned.subtotal_amount - unioned.refunded_amount else 0
        end

)

select * from broken
