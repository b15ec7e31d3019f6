{%- set window_months = var('rfm_window_months') | int -%}
with

states as (

    select * from {{ ref('int_order_states_dated') }}
    where is_counted

),

-- a person nobody can recognise again cannot be loyal or lost: an order without an identifier would
-- be a customer of its own here and push everybody else's scores up
known_customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}
    where is_known

),

months as (

    select * from {{ ref('int_months_listed') }}

),

order_days as (

    select distinct order_date
    from states

),

-- the first month at whose end an order of that day lies before the window
expired_days as (

    select
        order_days.order_date,
        {% if window_months > 0 -%}
            min(months.month_number) as expiry_month_number
        {%- else -%}
            cast(null as bigint) as expiry_month_number
        {%- endif %}
    from order_days
    inner join months
        on order_days.order_date
        <= cast({{ dbt.dateadd('month', -window_months, 'months.as_of_date') }} as date)
    group by order_days.order_date

),

-- what becomes known within a month is known at its end
spells as (

    select
        states.order_id,
        states.customer_id,
        states.net_revenue,
        states.is_credit_note,
        states.is_always_counted,
        states.order_date,
        first_months.month_number as from_month_number,
        least(next_months.month_number, expired_days.expiry_month_number) as until_month_number
    from states
    inner join known_customers on states.customer_id = known_customers.customer_id
    inner join months as first_months
        on {{ dbt.date_trunc('month', 'states.known_date') }} = first_months.month_date
        and states.known_date <= first_months.as_of_date
    left join months as next_months
        on {{ dbt.date_trunc('month', 'states.known_until_date') }} = next_months.month_date
        and states.known_until_date <= next_months.as_of_date
    left join expired_days on states.order_date = expired_days.order_date

),

lasting_spells as (

    select * from spells
    where until_month_number is null or from_month_number < until_month_number

),

changes as (

    select
        customer_id,
        from_month_number as month_number,
        case when is_credit_note then 0 else 1 end as order_count_change,
        net_revenue as net_revenue_change,
        case when is_always_counted and not is_credit_note then order_date end as last_order_date,
        cast(null as date) as revocable_order_date
    from lasting_spells

    union all

    select
        customer_id,
        until_month_number as month_number,
        case when is_credit_note then 0 else -1 end as order_count_change,
        -net_revenue as net_revenue_change,
        null as last_order_date,
        null as revocable_order_date
    from lasting_spells
    where until_month_number is not null

    union all

    -- the few orders that were taken back later are the last ones only until then
    select
        lasting_spells.customer_id,
        months.month_number,
        0 as order_count_change,
        0 as net_revenue_change,
        null as last_order_date,
        lasting_spells.order_date as revocable_order_date
    from lasting_spells
    inner join months
        on lasting_spells.from_month_number <= months.month_number
        and months.month_number
        < coalesce(lasting_spells.until_month_number, months.month_number + 1)
    where not lasting_spells.is_always_counted and not lasting_spells.is_credit_note

),

summed as (

    select
        customer_id,
        month_number,
        sum(order_count_change) as order_count_change,
        sum(net_revenue_change) as net_revenue_change,
        max(last_order_date) as last_order_date,
        max(revocable_order_date) as revocable_order_date
    from changes
    group by customer_id, month_number

)

select * from summed
