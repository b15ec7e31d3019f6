with

api_refunds as (

    select * from {{ ref('int_shopify_refunds_itemized') }}

),

square_items as (

    select * from {{ ref('int_square_items_typed') }}
    where is_refund and line_type = 'goods'

),

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

refunds as (

    select
        order_id,
        goods_with_tax_amount as refunded_amount,
        {{ business_date('refunded_at') }} as refunded_date
    from api_refunds

    union all

    select
        order_id,
        -net_amount as refunded_amount,
        sold_date as refunded_date
    from square_items

),

refunds_by_day as (

    select
        order_id,
        sum(refunded_amount) as refunded_amount,
        refunded_date
    from refunds
    group by order_id, refunded_date

),

cumulated as (

    select
        order_id,
        sum(refunded_amount) over (
            partition by order_id order by refunded_date
            rows between unbounded preceding and current row
        ) as refunded_so_far,
        refunded_date
    from refunds_by_day

),

untaxed_so_far as (

    select
        cumulated.order_id,
        {{ untaxed(
            'cumulated.refunded_so_far', 'orders.subtotal_amount', 'orders.subtotal_with_tax_amount'
        ) }} as refunded_so_far,
        cumulated.refunded_date
    from cumulated
    left join orders on cumulated.order_id = orders.order_id

),

-- each day ends where the refunds so far end without tax, so the days add up to the order's refunds
summed as (

    select
        order_id,
        cast(
            refunded_so_far
            - coalesce(lag(refunded_so_far) over (partition by order_id order by refunded_date), 0)
            as decimal(18, 2)
        ) as refunded_amount,
        refunded_date
    from untaxed_so_far

)

select * from summed
