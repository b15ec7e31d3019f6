with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted

),

orders_converted as (

    select * from {{ ref('int_orders_converted') }}

),

order_lines as (

    select * from {{ ref('int_order_lines_valued') }}

),

products as (

    select * from {{ ref('int_products_unioned') }}

),

costs_by_order as (

    select
        order_lines.order_id,
        sum(order_lines.quantity * products.unit_cost_amount) as cost_amount,
        count(*) filter (where products.unit_cost_amount is null) as unknown_count
    from order_lines
    left join products on order_lines.product_id = products.product_id
    group by order_lines.order_id

),

margins as (

    select
        orders.order_id,
        cast(
            case
                when costs_by_order.unknown_count = 0
                    then
                        orders.net_revenue
                        - {{ converted_amount('costs_by_order.cost_amount') }}
            end as decimal(18, 2)
        ) as margin
    from orders
    inner join orders_converted on orders.order_id = orders_converted.order_id
    left join costs_by_order on orders.order_id = costs_by_order.order_id

)

select * from margins
