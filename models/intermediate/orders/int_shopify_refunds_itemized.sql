with

payments as (

    select * from {{ ref('stg_shopify__api_refunds') }}

),

refund_lines as (

    select * from {{ ref('stg_shopify__api_refund_lines') }}

),

adjustments as (

    select * from {{ ref('stg_shopify__api_refund_adjustments') }}

),

orders as (

    select * from {{ ref('int_orders_deduplicated') }}

),

order_amounts as (

    select * from {{ ref('int_order_amounts_split') }}

),

order_lines as (

    select * from {{ ref('int_order_lines_typed') }}
    where shop_line_id is not null

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates_filled') }}

),

-- a payment is in the currency that the buyer paid in, lines and adjustments are in the shop's
payments_dated as (

    select
        payments.refund_id,
        payments.order_id,
        payments.refunded_amount,
        payments.currency_code,
        orders.currency_code as order_currency_code,
        coalesce(payments.currency_code = orders.currency_code, true) as is_in_order_currency,
        orders.total_amount,
        case
            when payments.currency_code = orders.presentment_currency_code
                then orders.presentment_total_amount
        end as presentment_total_amount,
        coalesce(payments.refunded_at, payments.exported_at) as refunded_at,
        {{ business_date('coalesce(payments.refunded_at, payments.exported_at)') }}
            as refunded_date
    from payments
    left join orders on payments.order_id = orders.order_id

),

payments_rated as (

    select
        payments_dated.*,
        {{ ratio(
            'cast(payments_dated.refunded_amount as double)'
            ' * cast(payments_dated.total_amount as double)',
            'payments_dated.presentment_total_amount',
            2
        ) }} as amount_at_order_rate,
        {{ ratio(
            'cast(payments_dated.refunded_amount as double)'
            ' * cast(order_rates.units_per_eur as double)',
            'payment_rates.units_per_eur',
            2
        ) }} as amount_at_day_rate
    from payments_dated
    left join exchange_rates as payment_rates
        on payments_dated.currency_code = payment_rates.currency_code
        and payments_dated.refunded_date = payment_rates.rate_date
    left join exchange_rates as order_rates
        on payments_dated.order_currency_code = order_rates.currency_code
        and payments_dated.refunded_date = order_rates.rate_date

),

payments_converted as (

    select
        refund_id,
        order_id,
        case
            when is_in_order_currency then refunded_amount
            when presentment_total_amount <> 0 then amount_at_order_rate
            else amount_at_day_rate
        end as paid_amount,
        refunded_at
    from payments_rated

),

-- a tip or a gift card that is given back is no good given back
lines_typed as (

    select
        refund_lines.refund_id,
        refund_lines.order_id,
        refund_lines.refunded_line_amount as refunded_amount,
        case
            when coalesce(order_lines.line_type, 'goods') = 'goods'
                then refund_lines.refunded_line_amount
            else 0
        end as refunded_goods_amount,
        refund_lines.refunded_at
    from refund_lines
    left join order_lines
        on refund_lines.order_id = order_lines.order_id
        and refund_lines.shop_line_id = order_lines.shop_line_id

),

parts as (

    select
        refund_id,
        order_id,
        paid_amount,
        0 as line_amount,
        0 as adjusted_amount,
        0 as item_count,
        0 as unknown_count,
        refunded_at
    from payments_converted

    union all

    select
        refund_id,
        order_id,
        0 as paid_amount,
        refunded_goods_amount as line_amount,
        0 as adjusted_amount,
        1 as item_count,
        case when refunded_amount is null then 1 else 0 end as unknown_count,
        refunded_at
    from lines_typed

    union all

    select
        refund_id,
        order_id,
        0 as paid_amount,
        0 as line_amount,
        case
            when adjustment_type = 'shipping_refund' then 0
            else refunded_amount + refunded_tax_amount
        end as adjusted_amount,
        1 as item_count,
        0 as unknown_count,
        refunded_at
    from adjustments

),

-- what no line explains was paid back for anything: it is goods and their tax in proportion
refunds as (

    select
        refund_id,
        order_id,
        sum(paid_amount) as paid_amount,
        case when sum(item_count) > 0 and sum(unknown_count) = 0 then sum(line_amount) else 0 end
            as line_amount,
        case
            when sum(item_count) > 0 and sum(unknown_count) = 0 then sum(adjusted_amount)
            else sum(paid_amount)
        end as unexplained_amount,
        max(refunded_at) as refunded_at
    from parts
    group by refund_id, order_id

),

cumulated as (

    select
        refunds.refund_id,
        refunds.order_id,
        refunds.paid_amount,
        refunds.refunded_at,
        order_amounts.goods_with_tax_amount,
        order_amounts.services_amount,
        orders.total_amount,
        sum(refunds.line_amount) over (
            partition by refunds.order_id order by refunds.refunded_at, refunds.refund_id
            rows between unbounded preceding and current row
        ) as lines_so_far,
        sum(refunds.unexplained_amount) over (
            partition by refunds.order_id order by refunds.refunded_at, refunds.refund_id
            rows between unbounded preceding and current row
        ) as unexplained_so_far
    from refunds
    left join orders on refunds.order_id = orders.order_id
    left join order_amounts on refunds.order_id = order_amounts.order_id

),

-- goods given back are at most the goods there were
capped as (

    select
        *,
        greatest(
            least(
                cast(
                    lines_so_far
                    + {{ refunded_goods(
                        'unexplained_so_far',
                        'goods_with_tax_amount',
                        'services_amount',
                        'total_amount'
                    ) }} as decimal(18, 2)
                ),
                coalesce(goods_with_tax_amount, lines_so_far + unexplained_so_far)
            ),
            0
        ) as goods_so_far
    from cumulated

),

itemized as (

    select
        refund_id,
        order_id,
        paid_amount,
        cast(
            goods_so_far
            - coalesce(
                lag(goods_so_far) over (partition by order_id order by refunded_at, refund_id), 0
            ) as decimal(18, 2)
        ) as goods_with_tax_amount,
        refunded_at
    from capped

)

select * from itemized
