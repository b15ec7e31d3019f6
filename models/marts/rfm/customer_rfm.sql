with

customers as (

    select * from {{ ref('int_customer_rfm_scored') }}

),

grid as (

    select * from {{ ref('rfm_grid') }}

),

{% set scoring = 'threshold' if var('rfm_scoring') == 'thresholds' else 'quantile' -%}
scored as (

    select
        customer_id,
        recency_days,
        order_count,
        net_revenue,
        recency_{{ scoring }}_score as recency_score,
        frequency_{{ scoring }}_score as frequency_score,
        monetary_{{ scoring }}_score as monetary_score,
        cast(
            {{ integer_quotient(
                'frequency_' ~ scoring ~ '_score + monetary_' ~ scoring ~ '_score + 1', '2'
            ) }} as integer
        ) as frequency_monetary_score,
        last_order_date,
        as_of_date
    from customers

),

final as (

    select
        -- ids
        scored.customer_id,

        -- text
        grid.segment_name as rfm_segment_name,

        -- numbers
        cast(scored.recency_days as bigint) as recency_days,
        scored.order_count,
        cast(scored.net_revenue as decimal(18, 2)) as net_revenue,
        scored.recency_score,
        scored.frequency_score,
        scored.monetary_score,
        scored.frequency_monetary_score,

        -- dates
        scored.last_order_date,
        scored.as_of_date

    from scored
    inner join grid
        on scored.recency_score = grid.recency_score
        and scored.frequency_monetary_score = grid.frequency_monetary_score

)

select * from final
