-- a score counts the quintile borders below the middle of those who did the same; borders are the
-- same from both ends, and thresholds stand in only where customers are few or hardly differ
{% set measures = {
    'recency': '-recency_days', 'frequency': 'order_count', 'monetary': 'net_revenue'
} -%}
{%- set populations = {'customer_rfm': 'as_of_date', 'customer_rfm_months': 'month_date'} -%}
with

tied as (

    {% for measure, value in measures.items() -%}
        {%- set outer_loop = loop -%}
        {% for mart, population in populations.items() -%}
            {% if not (outer_loop.first and loop.first) %}union all{% endif %}
            select
                '{{ mart }}' as mart,
                '{{ measure }}' as measure,
                {{ population }} as population,
                cast({{ value }} as decimal(18, 2)) as measured,
                count(*) as customer_count,
                min({{ measure }}_score) as score,
                min({{ measure }}_scoring) as scoring
            from {{ ref(mart) }}
            group by {{ population }}, {{ value }}
        {% endfor %}
    {% endfor %}
),

placed as (

    select
        *,
        2 * sum(customer_count) over (
            partition by mart, measure, population order by measured
            rows between unbounded preceding and current row
        ) - customer_count as doubled_middle,
        2 * sum(customer_count) over (partition by mart, measure, population) as doubled_count,
        count(*) over (partition by mart, measure, population) as value_count
    from tied

),

expected as (

    select
        *,
        1
        + case when 5 * doubled_middle >= doubled_count then 1 else 0 end
        + case when 5 * doubled_middle >= 2 * doubled_count then 1 else 0 end
        + case when 5 * doubled_middle > 3 * doubled_count then 1 else 0 end
        + case when 5 * doubled_middle > 4 * doubled_count then 1 else 0 end
            as quintile,
        case
            when '{{ var("rfm_scoring") }}' = 'thresholds' then 'thresholds'
            when doubled_count < 2 * 25 or value_count < 5 then 'thresholds'
            else 'quantiles'
        end as expected_scoring
    from placed

)

select * from expected
where
    scoring <> expected_scoring
    or (scoring = 'quantiles' and score <> quintile)
