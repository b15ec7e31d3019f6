-- Each model shares out each conversion whole: credits sum to 1, credited revenue to its revenue,
-- unknown where that is (a margin without a cost)
with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}
    where attribution_model in (
        {% for model in attribution_model_names() -%}
            '{{ model }}'{% if not loop.last %},{% endif %}
        {% endfor %}
    )

),

credits as (

    select * from {{ ref('attribution_credits') }}

),

sides as (

    select
        conversions.conversion_id,
        attribution_models.attribution_model,
        1 as credit,
        coalesce(conversions.revenue, 0) as revenue,
        case when conversions.revenue is null then 1 else 0 end as credit_of_unknown
    from conversions
    cross join attribution_models

    union all

    select
        conversion_id,
        attribution_model,
        -credit as credit,
        -coalesce(credited_revenue, 0) as revenue,
        case when credited_revenue is null then -credit else 0 end as credit_of_unknown
    from credits

),

-- by a number each, for hundreds of millions of credits; a second look for the ids behind it would
-- have DuckDB write out all sides first
numbered as (

    select
        {{ text_number('conversion_id, attribution_model') }} as text_number,
        credit,
        revenue,
        credit_of_unknown
    from sides

)

select
    text_number,
    sum(credit) as credit,
    sum(revenue) as revenue,
    sum(credit_of_unknown) as credit_of_unknown
from numbered
group by text_number
having sum(credit) <> 0 or sum(revenue) <> 0 or sum(credit_of_unknown) <> 0
