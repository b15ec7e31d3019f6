{%- set scoring = 'threshold' if var('rfm_scoring') == 'thresholds' else 'quantile' -%}
with

customers as (

    select * from {{ ref('int_customer_rfm_scored') }}

),

grid as (

    select * from {{ ref('rfm_grid') }}

),

scored as (

    select
        *,
        recency_{{ scoring }}_score as recency_score,
        frequency_{{ scoring }}_score as frequency_score,
        monetary_{{ scoring }}_score as monetary_score,
        cast(
            {{ integer_quotient(
                'frequency_' ~ scoring ~ '_score + monetary_' ~ scoring ~ '_score + 1', '2'
            ) }} as integer
        ) as frequency_monetary_score
    from customers

),

segmented as (

    select
        scored.customer_id,
        scored.month_number,
        grid.segment_name as rfm_segment_name,
        scored.recency_days,
        scored.order_count,
        scored.net_revenue,
        scored.recency_score,
        scored.frequency_score,
        scored.monetary_score,
        scored.frequency_monetary_score,
        scored.is_partial,
        scored.is_latest,
        scored.last_order_date,
        scored.month_date,
        scored.as_of_date
    from scored
    inner join grid
        on scored.recency_score = grid.recency_score
        and scored.frequency_monetary_score = grid.frequency_monetary_score

)

select * from segmented
