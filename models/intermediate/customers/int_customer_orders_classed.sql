with

customer_orders as (

    select * from {{ ref('int_customer_orders_aggregated') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

classes as (

    select * from {{ ref('customer_classes') }}

),

dated as (

    select
        customer_orders.*,
        cast(
            {{ dbt.datediff('customer_orders.last_order_date', 'as_of.as_of_date', 'day') }}
            as bigint
        ) as days_since_last_order
    from customer_orders
    cross join as_of

),

classed as (

    select
        dated.customer_id,
        dated.order_count,
        dated.gross_revenue,
        dated.net_revenue,
        dated.average_order_value,
        dated.average_basket_size,
        dated.average_days_between_orders,
        dated.refund_rate,
        dated.discount_share,
        dated.days_since_last_order,
        dated.first_ordered_at,
        dated.last_ordered_at,
        recency_classes.class_name as recency_class,
        frequency_classes.class_name as frequency_class
    from dated
    left join classes as recency_classes
        on recency_classes.dimension = 'recency'
        and dated.days_since_last_order >= recency_classes.at_least
        and dated.days_since_last_order
        < coalesce(recency_classes.below, dated.days_since_last_order + 1)
    left join classes as frequency_classes
        on frequency_classes.dimension = 'frequency'
        and dated.order_count >= frequency_classes.at_least
        and dated.order_count < coalesce(frequency_classes.below, dated.order_count + 1)

)

select * from classed
