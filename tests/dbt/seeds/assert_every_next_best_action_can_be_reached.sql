{%- set conditions = [
    'is_known', 'order_count', 'recency_class', 'nps_class', 'recent_session_count', 'has_interest'
] -%}
-- for each rule there is a customer whose next best action it is; a rule behind a wider one is dead
with

actions as (

    select * from {{ ref('next_best_actions') }}

),

classes as (

    select * from {{ ref('customer_classes') }}

),

flags (flag) as (

    values (true), (false)

),

-- what a customer may have, as far as a rule asks for it
order_counts as (

    select 0 as order_count

    union

    select least_order_count
    from actions
    where least_order_count is not null

    union

    select most_order_count
    from actions
    where most_order_count is not null

),

session_counts as (

    select 0 as recent_session_count

    union

    select least_recent_session_count
    from actions
    where least_recent_session_count is not null

),

recency_classes as (

    select class_name as recency_class
    from classes
    where dimension = 'recency'

    union all

    select cast(null as string) as recency_class

),

nps_classes as (

    select class_name as nps_class
    from classes
    where dimension = 'nps'

    union all

    select cast(null as string) as nps_class

),

customers as (

    select
        {% for channel in consent_channels() -%}
            by_{{ channel }}.flag as is_reachable_by_{{ channel }},
        {% endfor -%}
        known.flag as is_known,
        order_counts.order_count,
        recency_classes.recency_class,
        nps_classes.nps_class,
        session_counts.recent_session_count,
        interested.flag as has_interest
    from flags as known
    cross join order_counts
    cross join recency_classes
    cross join nps_classes
    cross join session_counts
    cross join flags as interested
    {% for channel in consent_channels() -%}
        cross join flags as by_{{ channel }}
    {% endfor %}
    where (order_counts.order_count = 0) = (recency_classes.recency_class is null)

),

numbered as (

    select
        *,
        row_number() over (
            order by
                {% for channel in consent_channels() -%}
                    is_reachable_by_{{ channel }},
                {% endfor -%}
                {{ conditions | join(', ') }}
        ) as customer_number
    from customers

),

first_rules as (

    select
        numbered.customer_number,
        min(actions.action_rank) as action_rank
    from numbered
    cross join actions
    where {{ meets_action('numbered', 'actions') }}
    group by numbered.customer_number

),

unreached as (

    select
        actions.action_rank,
        actions.action
    from actions
    left join first_rules on actions.action_rank = first_rules.action_rank
    where first_rules.action_rank is null

)

select * from unreached
