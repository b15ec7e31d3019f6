with

order_lines as (

    select * from {{ ref('int_order_lines_valued') }}
    where is_counted

),

orders as (

    select * from {{ ref('int_orders_identified') }}

),

bought as (

    select
        orders.customer_id,
        'category' as favourite_kind,
        order_lines.category as favourite,
        order_lines.net_amount,
        order_lines.quantity
    from order_lines
    inner join orders on order_lines.order_id = orders.order_id
    where order_lines.category is not null

    union all

    select
        orders.customer_id,
        'product' as favourite_kind,
        order_lines.product_name as favourite,
        order_lines.net_amount,
        order_lines.quantity
    from order_lines
    inner join orders on order_lines.order_id = orders.order_id
    where order_lines.product_name is not null

),

by_favourite as (

    select
        customer_id,
        favourite_kind,
        favourite,
        sum(net_amount) as net_amount,
        sum(quantity) as quantity
    from bought
    group by customer_id, favourite_kind, favourite

),

-- a credit note takes its goods back out, so what was returned is no favourite
ranked as (

    select
        *,
        row_number() over (
            partition by customer_id, favourite_kind
            order by net_amount desc, quantity desc, favourite asc
        ) as favourite_rank
    from by_favourite
    where quantity > 0

)

select * from ranked
