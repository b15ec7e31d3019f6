-- two customers that did the same have the same scores, and who did more has no lower ones
{% set measures = {
    'recency': '-recency_days', 'frequency': 'order_count', 'monetary': 'net_revenue'
} -%}
with

{% for measure, value in measures.items() -%}
    {{ measure }}_scores as (

        select
            as_of_date,
            {{ value }} as measured,
            min({{ measure }}_score) as least_score,
            max({{ measure }}_score) as greatest_score
        from {{ ref('customer_rfm') }}
        group by as_of_date, {{ value }}

        union all

        select
            as_of_date,
            {{ value }} as measured,
            min({{ measure }}_score) as least_score,
            max({{ measure }}_score) as greatest_score
        from {{ ref('customer_rfm_months') }}
        group by as_of_date, {{ value }}

    ),

    {{ measure }}_steps as (

        select
            '{{ measure }}' as measure,
            as_of_date,
            cast(measured as decimal(18, 2)) as measured,
            least_score,
            greatest_score,
            lag(greatest_score) over (partition by as_of_date order by measured) as score_before
        from {{ measure }}_scores

    ),

{% endfor -%}
steps as (

    {% for measure in measures -%}
        {% if not loop.first %}union all{% endif %}
        select * from {{ measure }}_steps
    {% endfor %}
)

select * from steps
where least_score <> greatest_score or least_score < score_before
