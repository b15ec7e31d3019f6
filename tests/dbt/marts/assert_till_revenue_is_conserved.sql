-- a till earns what its report's rows of goods add up to, goods given back being negative rows
with

rows_by_order as (

    select
        order_id,
        sum(net_amount) as net_revenue
    from {{ ref('stg_square__items') }}
    where
        coalesce(item_kind, '') <> 'gift card'
        and coalesce(lower(product_name), '') not in ('tip', 'tips', 'gratuity', 'gift card')
    group by order_id

)

select
    orders.order_id,
    orders.original_net_revenue,
    rows_by_order.net_revenue
from {{ ref('orders') }} as orders
inner join rows_by_order on orders.order_id = rows_by_order.order_id
where orders.is_counted and orders.original_net_revenue <> rows_by_order.net_revenue
