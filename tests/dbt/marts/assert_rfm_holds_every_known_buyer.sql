-- whoever is known and bought within the window has a row, of the orders as they stand today
{%- set window_months = var('rfm_window_months') | int %}
with

as_of as (

    select * from {{ ref('int_as_of') }}

),

states as (

    select * from {{ ref('int_order_states_dated') }}
    where is_counted

),

customers as (

    select * from {{ ref('customer_360') }}
    where is_known

),

bought as (

    select
        states.customer_id,
        count(*) filter (where not states.is_credit_note) as order_count,
        sum(states.net_revenue) as net_revenue,
        max(states.order_date) filter (where not states.is_credit_note) as last_order_date
    from states
    inner join customers on states.customer_id = customers.customer_id
    cross join as_of
    where
        states.known_date <= as_of.as_of_date
        and coalesce(states.known_until_date > as_of.as_of_date, true)
        {% if window_months > 0 -%}
            and states.order_date
            > cast({{ dbt.dateadd('month', -window_months, 'as_of.as_of_date') }} as date)
        {%- endif %}
    group by states.customer_id

),

buyers as (

    select * from bought
    where order_count > 0

),

compared as (

    select
        coalesce(buyers.customer_id, customer_rfm.customer_id) as customer_id,
        buyers.order_count,
        customer_rfm.order_count as scored_order_count,
        buyers.net_revenue,
        customer_rfm.net_revenue as scored_net_revenue,
        buyers.last_order_date,
        customer_rfm.last_order_date as scored_last_order_date
    from buyers
    full outer join {{ ref('customer_rfm') }} as customer_rfm
        on buyers.customer_id = customer_rfm.customer_id

)

select * from compared
where
    order_count is distinct from scored_order_count
    or net_revenue is distinct from scored_net_revenue
    or last_order_date is distinct from scored_last_order_date
