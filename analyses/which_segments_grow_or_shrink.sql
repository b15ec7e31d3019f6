-- Which groups of customers grow, and which shrink?
-- One row a month and segment of RFM, with the change from the month before. Champions that shrink
-- while customers at risk grow is an early sign of trouble: revenue follows.
with

customers as (

    select * from {{ ref('customer_rfm_months') }}

),

by_month as (

    select
        month_date,
        rfm_segment_name,
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from customers
    group by month_date, rfm_segment_name

),

months as (

    select
        month_date,
        sum(customer_count) as customer_count
    from by_month
    group by month_date

),

segments as (

    select distinct rfm_segment_name
    from by_month

),

-- a segment that nobody is in any more is a row of its own
listed as (

    select
        months.month_date,
        segments.rfm_segment_name,
        coalesce(by_month.customer_count, 0) as customer_count,
        {{ ratio('coalesce(by_month.customer_count, 0)', 'months.customer_count', 4) }}
            as customer_share,
        coalesce(by_month.net_revenue, 0) as net_revenue
    from months
    cross join segments
    left join by_month
        on months.month_date = by_month.month_date
        and segments.rfm_segment_name = by_month.rfm_segment_name

),

final as (

    select
        month_date,
        rfm_segment_name,
        customer_count,
        customer_share,
        net_revenue,
        customer_count - lag(customer_count) over (
            partition by rfm_segment_name order by month_date
        ) as customer_count_change,
        net_revenue - lag(net_revenue) over (
            partition by rfm_segment_name order by month_date
        ) as net_revenue_change
    from listed

)

select * from final
order by month_date asc, net_revenue desc, rfm_segment_name asc
