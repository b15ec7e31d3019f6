with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

orders_converted as (

    select * from {{ ref('int_orders_converted') }}

),

order_lines as (

    select * from {{ ref('int_order_lines_valued') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

lines_by_order as (

    select
        order_id,
        sum(quantity) as item_count,
        sum(gross_revenue) as gross_revenue
    from order_lines
    group by order_id

),

identified as (

    select
        orders.order_id,
        customers.customer_id,
        orders.shop_order_id,
        orders.file_id,
        orders.order_source,
        orders.shop,
        orders.order_name,
        orders.source_name,
        orders.payment_status,
        orders.currency_code,
        -- without lines nobody knows of how many goods an order was
        coalesce(lines_by_order.item_count, case when not orders.has_goods then 0 end)
            as item_count,
        orders.subtotal_amount as original_subtotal_amount,
        orders.refunded_amount as original_refunded_amount,
        orders_converted.original_net_revenue,
        coalesce(
            lines_by_order.gross_revenue,
            orders_converted.subtotal_amount + coalesce(orders_converted.discount_amount, 0)
        ) as gross_revenue,
        orders_converted.subtotal_with_tax_amount,
        orders_converted.subtotal_amount,
        orders_converted.discount_amount,
        orders_converted.shipping_amount,
        orders_converted.tax_amount,
        orders_converted.duty_amount,
        orders_converted.tip_amount,
        orders_converted.total_amount,
        orders_converted.gift_card_sold_amount,
        orders_converted.gift_card_redeemed_amount,
        orders_converted.refunded_amount,
        orders_converted.net_revenue,
        orders.is_tax_included,
        orders.has_goods,
        orders.is_cancelled,
        orders.is_voided,
        orders.has_known_state,
        orders.is_test,
        orders.is_credit_note,
        orders.is_counted,
        orders.order_date,
        orders.ordered_at,
        orders.cancelled_at,
        orders.exported_at
    from orders
    inner join orders_converted on orders.order_id = orders_converted.order_id
    inner join customers on 'order_id:' || orders.order_id = customers.identifier_key
    left join lines_by_order on orders.order_id = lines_by_order.order_id

),

numbered as (

    select
        *,
        case
            when is_counted and not is_credit_note
                then cast(
                    row_number() over (
                        partition by customer_id, is_counted and not is_credit_note
                        order by ordered_at, order_id
                    ) as bigint
                )
        end as customer_order_number
    from identified

)

select * from numbered
