{#- A measure: what it is measured by, and its values from the worst to the best -#}
{%- set measures = {
    'recency': ('recency_days', 'recency_days desc'),
    'frequency': ('order_count', 'order_count'),
    'monetary': ('net_revenue', 'net_revenue'),
} -%}
{#- Among fewer customers, or of fewer values, one customer moves others by a whole score -#}
{%- set min_customers, min_values = 25, 5 -%}
with

customers as (

    select * from {{ ref('int_customer_rfm_measured') }}

),

thresholds as (

    select * from {{ ref('rfm_thresholds') }}

),

populations as (

    select
        month_number,
        {% for measure, (value, _) in measures.items() -%}
            count(distinct {{ value }}) as {{ measure }}_value_count,
        {% endfor -%}
        count(*) as customer_count
    from customers
    group by month_number

),

-- ties share a rank, and so a score
ranked as (

    select
        {% for measure, (_, worst_first) in measures.items() -%}
            rank() over (partition by month_number order by {{ worst_first }}) - 1
                as {{ measure }}_worse_count,
            count(*) over (partition by month_number order by {{ worst_first }})
                as {{ measure }}_not_better_count,
        {% endfor -%}
        *
    from customers

),

-- those who do worse less those who do better: 0 in the middle, wherever others tie
compared as (

    select
        {% for measure in measures -%}
            ranked.{{ measure }}_worse_count
            - (populations.customer_count - ranked.{{ measure }}_not_better_count)
                as {{ measure }}_lead_count,
            populations.customer_count >= {{ min_customers }}
            and populations.{{ measure }}_value_count >= {{ min_values }}
                as has_{{ measure }}_quintiles,
        {% endfor -%}
        populations.customer_count,
        ranked.*
    from ranked
    inner join populations on ranked.month_number = populations.month_number

),

scored as (

    select
        compared.customer_id,
        compared.month_number,
        compared.order_count,
        compared.net_revenue,
        compared.recency_days,
        {% for measure in measures -%}
            case
                when not compared.has_{{ measure }}_quintiles then null
                when 5 * compared.{{ measure }}_lead_count > 3 * compared.customer_count then 5
                when 5 * compared.{{ measure }}_lead_count > compared.customer_count then 4
                when 5 * compared.{{ measure }}_lead_count >= -compared.customer_count then 3
                when 5 * compared.{{ measure }}_lead_count >= -3 * compared.customer_count then 2
                else 1
            end as {{ measure }}_quantile_score,
            {{ measure }}_thresholds.score as {{ measure }}_threshold_score,
        {% endfor -%}
        compared.is_partial,
        compared.is_latest,
        compared.last_order_date,
        compared.month_date,
        compared.as_of_date
    from compared
    {% for measure, (value, _) in measures.items() -%}
        left join thresholds as {{ measure }}_thresholds
            on {{ measure }}_thresholds.measure = '{{ measure }}'
            and compared.{{ value }} >= {{ measure }}_thresholds.at_least
            and compared.{{ value }}
            < coalesce({{ measure }}_thresholds.below, compared.{{ value }} + 1)
    {% endfor %}
)

select * from scored
