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

credits_by_model as (

    select
        conversion_id,
        attribution_model,
        sum(credit) as credit,
        sum(credited_revenue) as credited_revenue
    from credits
    group by conversion_id, attribution_model

)

select
    conversions.conversion_id,
    attribution_models.attribution_model,
    credits_by_model.credit,
    credits_by_model.credited_revenue,
    conversions.revenue

from conversions
cross join attribution_models
full outer join credits_by_model
    on conversions.conversion_id = credits_by_model.conversion_id
    and attribution_models.attribution_model = credits_by_model.attribution_model

where
    credits_by_model.credit is distinct from 1
    or credits_by_model.credited_revenue is distinct from conversions.revenue
