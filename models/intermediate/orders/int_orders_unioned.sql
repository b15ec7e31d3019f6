with

orders as (

    select * from {{ ref('int_orders_deduplicated') }}

),

order_amounts as (

    select * from {{ ref('int_order_amounts_split') }}

),

refunds as (

    select * from {{ ref('int_shopify_refunds_itemized') }}

),

order_states as (

    select * from {{ ref('order_states') }}

),

refunds_by_order as (

    select
        order_id,
        sum(paid_amount) as paid_amount,
        sum(goods_with_tax_amount) as goods_with_tax_amount
    from refunds
    group by order_id

),

-- a download only has the money given back in all; the refunds of the API say what it was for. A
-- state that says all was given back stands in for a sum, and a state that is not known counts.
-- Where no export speaks of refunds nothing was given back, or there would be no net revenue
refunded as (

    select
        orders.order_id,
        order_amounts.goods_with_tax_amount,
        order_amounts.goods_amount,
        cast(
            case
                when
                    order_states.is_refunded
                    and order_amounts.goods_with_tax_amount > 0
                    and refunds_by_order.order_id is null
                    and coalesce(orders.refunded_total_amount, orders.refunded_amount, 0) = 0
                    then order_amounts.goods_with_tax_amount
                when orders.order_source = 'shopify_api'
                    then greatest(
                        coalesce(orders.refunded_amount, 0),
                        coalesce(refunds_by_order.goods_with_tax_amount, 0)
                    )
                when orders.refunded_total_amount = refunds_by_order.paid_amount
                    then refunds_by_order.goods_with_tax_amount
                when orders.refunded_total_amount is not null
                    then
                        {{ refunded_goods(
                            'orders.refunded_total_amount',
                            'order_amounts.goods_with_tax_amount',
                            'order_amounts.services_amount',
                            'orders.total_amount'
                        ) }}
                else coalesce(orders.refunded_amount, 0)
            end as decimal(18, 2)
        ) as refunded_with_tax_amount,
        not coalesce(order_states.is_counted, true) as is_voided,
        orders.payment_status is null or order_states.vendor is not null as has_known_state
    from orders
    inner join order_amounts on orders.order_id = order_amounts.order_id
    left join refunds_by_order on orders.order_id = refunds_by_order.order_id
    left join order_states
        on split_part(orders.order_source, '_', 1) = order_states.vendor
        and {{ order_state_key('orders.payment_status') }}
        = {{ order_state_key('order_states.order_state') }}

),

final as (

    select
        orders.order_id,
        orders.shop_order_id,
        orders.shop_customer_id,
        orders.file_id,
        orders.order_source,
        orders.shop,
        orders.order_name,
        orders.email,
        orders.phone,
        orders.first_name,
        orders.last_name,
        orders.city,
        orders.region,
        orders.postal_code,
        orders.country_code,
        orders.currency_code,
        orders.payment_status,
        orders.source_name,
        orders.subtotal_amount as stated_subtotal_amount,
        order_amounts.goods_with_tax_amount as subtotal_with_tax_amount,
        order_amounts.goods_amount as subtotal_amount,
        {{ untaxed(
            'orders.discount_amount',
            'order_amounts.goods_amount',
            'order_amounts.goods_with_tax_amount'
        ) }} as discount_amount,
        orders.shipping_amount,
        orders.tax_amount,
        orders.total_amount,
        order_amounts.services_amount,
        order_amounts.duty_amount,
        order_amounts.tip_amount,
        order_amounts.gift_card_sold_amount,
        orders.gift_card_redeemed_amount,
        refunded.refunded_with_tax_amount,
        {{ untaxed(
            'refunded.refunded_with_tax_amount',
            'order_amounts.goods_amount',
            'order_amounts.goods_with_tax_amount'
        ) }} as refunded_amount,
        order_amounts.is_tax_included,
        order_amounts.has_goods,
        orders.is_cancelled,
        orders.is_test,
        refunded.is_voided,
        refunded.has_known_state,
        orders.is_credit_note,
        not orders.is_cancelled
        and not orders.is_test
        and not refunded.is_voided
        and order_amounts.has_goods as is_counted,
        {{ business_date('orders.ordered_at') }} as order_date,
        orders.ordered_at,
        orders.cancelled_at,
        orders.exported_at
    from orders
    inner join order_amounts on orders.order_id = order_amounts.order_id
    inner join refunded on orders.order_id = refunded.order_id

)

select * from final
