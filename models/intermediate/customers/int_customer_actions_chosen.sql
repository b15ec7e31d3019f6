with

customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}

),

customer_orders as (

    select * from {{ ref('int_customer_orders_classed') }}

),

channels as (

    select * from {{ ref('int_customer_channels_pivoted') }}

),

customer_surveys as (

    select * from {{ ref('int_customer_surveys_aggregated') }}

),

customer_sessions as (

    select * from {{ ref('int_customer_sessions_aggregated') }}

),

interests as (

    select * from {{ ref('int_customer_interests_pivoted') }}

),

actions as (

    select * from {{ ref('next_best_actions') }}

),

described as (

    select
        {% for channel in consent_channels() -%}
            coalesce(
                channels.is_reachable_by_{{ channel }}, false
            ) as is_reachable_by_{{ channel }},
        {% endfor -%}
        customers.customer_id,
        customers.is_known,
        coalesce(customer_orders.order_count, 0) as order_count,
        customer_orders.recency_class,
        customer_surveys.nps_class,
        coalesce(customer_sessions.recent_session_count, 0) as recent_session_count,
        interests.top_interest is not null as has_interest
    from customers
    left join customer_orders on customers.customer_id = customer_orders.customer_id
    left join channels on customers.customer_id = channels.customer_id
    left join customer_surveys on customers.customer_id = customer_surveys.customer_id
    left join customer_sessions on customers.customer_id = customer_sessions.customer_id
    left join interests on customers.customer_id = interests.customer_id

),

first_rules as (

    select
        described.customer_id,
        min(actions.action_rank) as action_rank
    from described
    cross join actions
    where {{ meets_action('described', 'actions') }}
    group by described.customer_id

),

chosen as (

    select
        first_rules.customer_id,
        actions.action,
        actions.channel
    from first_rules
    inner join actions on first_rules.action_rank = actions.action_rank

)

select * from chosen
