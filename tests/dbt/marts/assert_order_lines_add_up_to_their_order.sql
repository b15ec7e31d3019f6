-- the lines of an order share its subtotal without rest, in both currencies
with

orders as (

    select * from {{ ref('orders') }}

),

lines_by_order as (

    select
        order_id,
        sum(original_net_amount) as original_net_amount,
        sum(net_amount) as net_amount
    from {{ ref('order_lines') }}
    group by order_id

)

select
    orders.order_id,
    orders.original_subtotal_amount,
    lines_by_order.original_net_amount,
    orders.subtotal_amount,
    lines_by_order.net_amount
from orders
inner join lines_by_order on orders.order_id = lines_by_order.order_id
where
    orders.original_subtotal_amount <> lines_by_order.original_net_amount
    or orders.subtotal_amount <> lines_by_order.net_amount
