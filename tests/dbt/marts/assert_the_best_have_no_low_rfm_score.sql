-- however many tie, the best are not below the middle and the worst not above it; who bought on the
-- day itself is not lost
{% set measures = {
    'recency': '-recency_days', 'frequency': 'order_count', 'monetary': 'net_revenue'
} -%}
{%- set populations = {'customer_rfm': 'as_of_date', 'customer_rfm_months': 'month_date'} -%}
with

ends as (

    {% for measure, value in measures.items() -%}
        {%- set outer_loop = loop -%}
        {% for mart, population in populations.items() -%}
            {% if not (outer_loop.first and loop.first) %}union all{% endif %}
            select
                '{{ mart }}' as mart,
                '{{ measure }}' as measure,
                {{ population }} as population,
                max_by({{ measure }}_score, {{ value }}) as best_score,
                min_by({{ measure }}_score, {{ value }}) as worst_score
            from {{ ref(mart) }}
            where {{ measure }}_scoring = 'quantiles'
            group by {{ population }}
        {% endfor %}
    {% endfor %}
),

wrong_ends as (

    select
        mart,
        measure,
        population
    from ends
    where best_score < 3 or worst_score > 3

),

lost_today as (

    {% for mart, population in populations.items() -%}
        {% if not loop.first %}union all{% endif %}
        select
            '{{ mart }}' as mart,
            rfm_segment_name as measure,
            {{ population }} as population
        from {{ ref(mart) }}
        where recency_days = 0 and (recency_score < 3 or rfm_segment_name = 'Lost')
    {% endfor %}
)

select * from wrong_ends
union all
select * from lost_today
