with

session_categories as (

    select * from {{ ref('int_session_categories') }}

),

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

sessions_identified as (

    select * from {{ ref('int_sessions_identified') }}
    where customer_id is not null

),

order_lines as (

    select * from {{ ref('int_order_lines_valued') }}
    where is_counted and category is not null and quantity > 0

),

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted and not is_credit_note

),

signals as (

    {% for interest_signal in ['view', 'cart'] -%}
        select
            sessions_identified.customer_id,
            session_categories.category,
            '{{ interest_signal }}' as interest_signal,
            session_categories.{{ interest_signal }}_count as signal_count,
            {{ business_date('sessions.started_at') }} as signal_date
        from session_categories
        inner join sessions on session_categories.session_id = sessions.session_id
        inner join sessions_identified
            on session_categories.session_id = sessions_identified.session_id
        where session_categories.{{ interest_signal }}_count > 0

        union all

    {% endfor -%}
    select distinct
        orders.customer_id,
        order_lines.category,
        'purchase' as interest_signal,
        1 as signal_count,
        orders.order_date as signal_date
    from order_lines
    inner join orders on order_lines.order_id = orders.order_id

)

select * from signals
