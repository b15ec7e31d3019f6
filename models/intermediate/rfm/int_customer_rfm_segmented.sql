{%- set measures = ['recency', 'frequency', 'monetary'] -%}
with

customers as (

    select * from {{ ref('int_customer_rfm_scored') }}

),

grid as (

    select * from {{ ref('rfm_grid') }}

),

-- what cannot be scored among the customers is scored by thresholds
scored as (

    select
        {% for measure in measures -%}
            {% if var('rfm_scoring') == 'thresholds' -%}
                'thresholds' as {{ measure }}_scoring,
                {{ measure }}_threshold_score as {{ measure }}_score,
            {% else -%}
                case
                    when {{ measure }}_quantile_score is null then 'thresholds' else 'quantiles'
                end as {{ measure }}_scoring,
                coalesce({{ measure }}_quantile_score, {{ measure }}_threshold_score)
                    as {{ measure }}_score,
            {% endif -%}
        {% endfor -%}
        *
    from customers

),

averaged as (

    select
        *,
        cast(
            {{ integer_quotient('frequency_score + monetary_score + 1', '2') }} as integer
        ) as frequency_monetary_score
    from scored

),

segmented as (

    select
        averaged.customer_id,
        averaged.month_number,
        grid.segment_name as rfm_segment_name,
        {% for measure in measures -%}
            averaged.{{ measure }}_scoring,
        {% endfor -%}
        averaged.recency_days,
        averaged.order_count,
        averaged.net_revenue,
        averaged.recency_score,
        averaged.frequency_score,
        averaged.monetary_score,
        averaged.frequency_monetary_score,
        averaged.is_partial,
        averaged.is_latest,
        averaged.last_order_date,
        averaged.month_date,
        averaged.as_of_date
    from averaged
    inner join grid
        on averaged.recency_score = grid.recency_score
        and averaged.frequency_monetary_score = grid.frequency_monetary_score

)

select * from segmented
