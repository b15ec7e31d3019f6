with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted and not is_credit_note

),

seasons as (

    select * from {{ ref('seasons') }}

),

by_season as (

    select
        orders.customer_id,
        seasons.season_name,
        count(*) as order_count,
        sum(orders.net_revenue) as net_revenue
    from orders
    inner join seasons on extract(month from orders.order_date) = seasons.month_of_year
    group by orders.customer_id, seasons.season_name

),

ranked as (

    select
        customer_id,
        season_name,
        order_count,
        sum(order_count) over (partition by customer_id) as customer_order_count,
        row_number() over (
            partition by customer_id
            order by order_count desc, net_revenue desc, season_name asc
        ) as season_rank
    from by_season

)

select * from ranked
