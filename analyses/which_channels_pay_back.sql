-- Which channels pay back what is spent on them?
-- Read along a row: a channel whose return stays high under every model is safe to fund; one that
-- is high under last touch alone collects what others began. Revenue and costs are those of the
-- model that the var attribution_model names; a channel without spend has no return.
{% set shown = ['first_touch', 'last_touch', 'linear', 'time_decay', 'markov', 'shapley'] %}
{% set models = shown | select('in', attribution_model_names()) | list %}
with

channels as (

    select
        *,
        attribution_model = '{{ var("attribution_model") }}' as is_reported
    from {{ ref('attribution_channels') }}
    where conversion_kind = 'order'

),

-- spend stands in full beside each model
summed as (

    select
        channel,
        sum(case when is_reported then spend else 0 end) as spend,
        {% for model in models -%}
            sum(case when attribution_model = '{{ model }}' then revenue else 0 end)
                as {{ model }}_revenue,
        {% endfor -%}
        sum(case when is_reported then revenue else 0 end) as attributed_revenue,
        sum(case when is_reported then conversion_count else 0 end) as conversion_count,
        sum(case when is_reported then new_customer_count else 0 end) as new_customer_count
    from channels
    group by channel

),

final as (

    select
        channel,
        cast(spend as decimal(18, 2)) as spend,
        attributed_revenue,
        {{ ratio('attributed_revenue', 'spend', 2) }} as return_on_ad_spend,
        {% for model in models -%}
            {{ ratio(model ~ '_revenue', 'spend', 2) }} as {{ model }}_return,
        {% endfor -%}
        {{ ratio('spend', 'conversion_count', 2) }} as cost_per_conversion,
        {{ ratio('spend', 'new_customer_count', 2) }} as customer_acquisition_cost
    from summed

)

select * from final
order by spend desc, attributed_revenue desc, channel asc
