-- What is shared out is what orders earned, and what it is held against is what ads cost
with

orders as (

    select * from {{ ref('orders') }}
    where is_counted and not is_credit_note

),

ad_days as (

    select * from {{ ref('ad_days') }}

),

channels as (

    select * from {{ ref('attribution_channels') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}
    where attribution_model in (
        {% for model in attribution_model_names() -%}
            '{{ model }}'{% if not loop.last %},{% endif %}
        {% endfor %}
    )

),

conversion_kinds as (

    select * from {{ ref('conversion_kinds') }}

),

earned as (

    select
        count(*) as order_count,
        count(*) filter (where customer_order_number = 1) as new_customer_count,
        coalesce(sum(net_revenue), 0) as revenue
    from orders

),

spent as (

    select coalesce(sum(spend), 0) as spend
    from ad_days

),

attributed as (

    select
        attribution_model,
        conversion_kind,
        sum(conversion_count) as conversion_count,
        sum(new_customer_count) as new_customer_count,
        sum(revenue) as revenue,
        sum(spend) as spend
    from channels
    group by attribution_model, conversion_kind

)

select
    attribution_models.attribution_model,
    conversion_kinds.conversion_kind,
    attributed.conversion_count,
    earned.order_count,
    attributed.new_customer_count,
    earned.new_customer_count as first_order_count,
    attributed.revenue,
    earned.revenue as order_revenue,
    attributed.spend,
    spent.spend as ad_spend

from attribution_models
cross join conversion_kinds
cross join earned
cross join spent
left join attributed
    on attribution_models.attribution_model = attributed.attribution_model
    and conversion_kinds.conversion_kind = attributed.conversion_kind

where
    coalesce(attributed.spend, 0) <> spent.spend
    or (
        conversion_kinds.conversion_event in ('order', 'first_order')
        and coalesce(attributed.new_customer_count, 0) <> earned.new_customer_count
    )
    or (
        conversion_kinds.conversion_event = 'order'
        and (
            coalesce(attributed.conversion_count, 0) <> earned.order_count
            or (
                conversion_kinds.revenue_basis = 'net'
                and coalesce(attributed.revenue, 0) <> earned.revenue
            )
        )
    )
