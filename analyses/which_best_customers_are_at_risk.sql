-- How many of our best customers are slipping away, and can we still reach them?
-- The best are those whose spending scores 4 or 5; they slip when they have not bought for longer
-- than three fifths of all buyers. What they have spent so far is what is at stake; the last
-- columns say how many of them can be reached on which channel.
with

scores as (

    select * from {{ ref('customer_rfm') }}

),

customers as (

    select * from {{ ref('customer_360') }}

),

totals as (

    select sum(net_revenue) as net_revenue
    from scores

),

at_risk as (

    select
        scores.rfm_segment_name,
        scores.net_revenue,
        scores.recency_days,
        customers.is_reachable_by_email,
        customers.is_reachable_by_sms,
        customers.is_reachable_by_ad_audience
    from scores
    inner join customers on scores.customer_id = customers.customer_id
    where
        scores.monetary_score >= 4
        and scores.recency_score <= 2

),

by_segment as (

    select
        rfm_segment_name,
        count(*) as customer_count,
        sum(net_revenue) as net_revenue,
        sum(recency_days) as recency_days,
        count(*) filter (where is_reachable_by_email) as reachable_by_email_count,
        count(*) filter (where is_reachable_by_sms) as reachable_by_sms_count,
        count(*) filter (where is_reachable_by_ad_audience) as reachable_by_ad_audience_count
    from at_risk
    group by rfm_segment_name

),

final as (

    select
        by_segment.rfm_segment_name,
        by_segment.customer_count,
        by_segment.net_revenue,
        {{ ratio('by_segment.net_revenue', 'totals.net_revenue', 4) }} as net_revenue_share,
        {{ ratio('by_segment.recency_days', 'by_segment.customer_count', 1) }}
            as average_recency_days,
        by_segment.reachable_by_email_count,
        by_segment.reachable_by_sms_count,
        by_segment.reachable_by_ad_audience_count
    from by_segment
    cross join totals

)

select * from final
order by net_revenue desc, rfm_segment_name asc
