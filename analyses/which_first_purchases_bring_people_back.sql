-- Which first purchases bring people back, and how fast?
-- A category with a high share is a good door to the shop: advertise it to new people. The days say
-- when a reminder is due. Shares within 30 and 90 days are of those whose first order is that long
-- ago. A basket of two categories counts in both.
with

lines as (

    select * from {{ ref('order_lines') }}

),

orders as (

    select * from {{ ref('orders') }}
    where customer_order_number <= 2

),

customers as (

    select * from {{ ref('customer_360') }}

),

first_two_orders as (

    select
        customer_id,
        min(order_id) filter (where customer_order_number = 1) as first_order_id,
        min(order_date) filter (where customer_order_number = 1) as first_order_date,
        min(order_date) filter (where customer_order_number = 2) as second_order_date
    from orders
    group by customer_id

),

buyers as (

    select
        first_two_orders.customer_id,
        first_two_orders.first_order_id,
        {{ dbt.datediff(
            'first_two_orders.first_order_date', 'first_two_orders.second_order_date', 'day'
        ) }} as days_to_second_order,
        {{ dbt.datediff('first_two_orders.first_order_date', 'customers.as_of_date', 'day') }}
            as days_since_first_order
    from first_two_orders
    inner join customers on first_two_orders.customer_id = customers.customer_id

),

doors as (

    select distinct
        buyers.*,
        coalesce(lines.category, '(none)') as category
    from buyers
    inner join lines on buyers.first_order_id = lines.order_id

),

by_category as (

    select
        category,
        count(*) as buyer_count,
        count(days_to_second_order) as returned_count,
        sum(days_to_second_order) as days_to_second_order,
        count(*) filter (where days_since_first_order >= 30) as buyer_30_days_count,
        count(*) filter (where days_since_first_order >= 30 and days_to_second_order <= 30)
            as returned_30_days_count,
        count(*) filter (where days_since_first_order >= 90) as buyer_90_days_count,
        count(*) filter (where days_since_first_order >= 90 and days_to_second_order <= 90)
            as returned_90_days_count
    from doors
    group by category

),

final as (

    select
        category,
        buyer_count,
        returned_count,
        {{ ratio('returned_count', 'buyer_count', 4) }} as returned_share,
        {{ ratio('returned_30_days_count', 'buyer_30_days_count', 4) }} as returned_30_days_share,
        {{ ratio('returned_90_days_count', 'buyer_90_days_count', 4) }} as returned_90_days_share,
        {{ ratio('days_to_second_order', 'returned_count', 1) }} as average_days_to_second_order
    from by_category

)

select * from final
order by buyer_count desc, category asc
