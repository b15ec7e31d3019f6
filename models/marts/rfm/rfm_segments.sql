with

grid as (

    select * from {{ ref('rfm_grid') }}

),

customers as (

    select * from {{ ref('customer_rfm') }}

),

segments as (

    select distinct segment_name as rfm_segment_name
    from grid

),

customers_by_segment as (

    select
        rfm_segment_name,
        count(*) as customer_count,
        sum(order_count) as order_count,
        sum(net_revenue) as net_revenue,
        avg(recency_days) as average_recency_days
    from customers
    group by rfm_segment_name

),

totals as (

    select
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from customers

),

final as (

    select
        -- text
        segments.rfm_segment_name,

        -- numbers
        coalesce(customers_by_segment.customer_count, 0) as customer_count,
        {{ ratio(
            'coalesce(customers_by_segment.customer_count, 0)', 'totals.customer_count', 4
        ) }} as customer_share,
        cast(coalesce(customers_by_segment.order_count, 0) as bigint) as order_count,
        cast(coalesce(customers_by_segment.net_revenue, 0) as decimal(18, 2)) as net_revenue,
        {{ ratio(
            'coalesce(customers_by_segment.net_revenue, 0)', 'totals.net_revenue', 4
        ) }} as net_revenue_share,
        {{ ratio('customers_by_segment.net_revenue', 'customers_by_segment.order_count', 2) }}
            as average_order_value,
        cast(round(customers_by_segment.average_recency_days, 1) as decimal(18, 1))
            as average_recency_days

    from segments
    cross join totals
    left join customers_by_segment
        on segments.rfm_segment_name = customers_by_segment.rfm_segment_name

)

select * from final
