-- no order is lost on the way to its customer, and none is there twice
with

told as (

    select
        order_id,
        1 as told_count,
        0 as mart_count
    from {{ ref('int_orders_unioned') }}

    union all

    select
        orders.order_id,
        0 as told_count,
        1 as mart_count
    from {{ ref('orders') }} as orders
    inner join {{ ref('customer_360') }} as customers on orders.customer_id = customers.customer_id

)

select
    order_id,
    sum(told_count) as told_count,
    sum(mart_count) as mart_count
from told
group by order_id
having sum(told_count) <> 1 or sum(mart_count) <> 1
