with

customers as (

    select * from {{ ref('int_customer_rfm_measured') }}

),

thresholds as (

    select * from {{ ref('rfm_thresholds') }}

),

-- equal values share a rank, and so a score: the fifths of those who do strictly worse
ranked as (

    select
        *,
        rank() over (partition by month_number order by recency_days desc) - 1
            as less_recent_count,
        rank() over (partition by month_number order by order_count) - 1 as less_frequent_count,
        rank() over (partition by month_number order by net_revenue) - 1 as lesser_revenue_count,
        count(*) over (partition by month_number) as customer_count
    from customers

),

scored as (

    select
        ranked.customer_id,
        ranked.month_number,
        ranked.order_count,
        ranked.net_revenue,
        ranked.recency_days,
        cast(1 + {{ integer_quotient('5 * less_recent_count', 'customer_count') }} as integer)
            as recency_quantile_score,
        cast(1 + {{ integer_quotient('5 * less_frequent_count', 'customer_count') }} as integer)
            as frequency_quantile_score,
        cast(1 + {{ integer_quotient('5 * lesser_revenue_count', 'customer_count') }} as integer)
            as monetary_quantile_score,
        recency_thresholds.score as recency_threshold_score,
        frequency_thresholds.score as frequency_threshold_score,
        monetary_thresholds.score as monetary_threshold_score,
        ranked.is_partial,
        ranked.is_latest,
        ranked.last_order_date,
        ranked.month_date,
        ranked.as_of_date
    from ranked
    left join thresholds as recency_thresholds
        on recency_thresholds.measure = 'recency'
        and ranked.recency_days >= recency_thresholds.at_least
        and ranked.recency_days < coalesce(recency_thresholds.below, ranked.recency_days + 1)
    left join thresholds as frequency_thresholds
        on frequency_thresholds.measure = 'frequency'
        and ranked.order_count >= frequency_thresholds.at_least
        and ranked.order_count < coalesce(frequency_thresholds.below, ranked.order_count + 1)
    left join thresholds as monetary_thresholds
        on monetary_thresholds.measure = 'monetary'
        and ranked.net_revenue >= monetary_thresholds.at_least
        and ranked.net_revenue < coalesce(monetary_thresholds.below, ranked.net_revenue + 1)

)

select * from scored
