with

session_categories as (

    select * from {{ ref('int_session_categories') }}
    where category is not null

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

weights as (

    select * from {{ ref('interest_weights') }}

),

half_lives as (

    select * from {{ ref('half_lives') }}
    where measure = 'interest'

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

signals as (

    select
        sessions_identified.customer_id,
        session_categories.category,
        'view' as interest_signal,
        session_categories.view_count as signal_count,
        {{ business_date('sessions.started_at') }} as signal_date
    from session_categories
    inner join sessions on session_categories.session_id = sessions.session_id
    inner join sessions_identified
        on session_categories.session_id = sessions_identified.session_id

    union all

    select
        sessions_identified.customer_id,
        session_categories.category,
        'cart' as interest_signal,
        session_categories.cart_count as signal_count,
        {{ business_date('sessions.started_at') }} as signal_date
    from session_categories
    inner join sessions on session_categories.session_id = sessions.session_id
    inner join sessions_identified
        on session_categories.session_id = sessions_identified.session_id

    union all

    select distinct
        orders.customer_id,
        order_lines.category,
        'purchase' as interest_signal,
        1 as signal_count,
        orders.order_date as signal_date
    from order_lines
    inner join orders on order_lines.order_id = orders.order_id

),

-- whole points of a day first, so that one weight a day is left to be added, a decimal
points_by_day as (

    select
        signals.customer_id,
        signals.category,
        signals.signal_date,
        sum(signals.signal_count * weights.weight) as points
    from signals
    inner join weights on signals.interest_signal = weights.interest_signal
    group by signals.customer_id, signals.category, signals.signal_date

),

scored as (

    select
        points_by_day.customer_id,
        points_by_day.category,
        sum(
            cast(points_by_day.points as decimal(18, 0))
            * {{ decay_weight(
                dbt.datediff('points_by_day.signal_date', 'as_of.as_of_date', 'day'),
                'half_lives.half_life_days'
            ) }}
        ) as score
    from points_by_day
    cross join half_lives
    cross join as_of
    group by points_by_day.customer_id, points_by_day.category

),

totalled as (

    select
        *,
        sum(score) over (partition by customer_id) as total_score
    from scored
    where score > 0

),

ranked as (

    select
        customer_id,
        category,
        row_number() over (
            partition by customer_id
            order by score desc, category asc
        ) as interest_rank,
        score as interest_score,
        {{ ratio('score', 'total_score', 4) }} as interest_share
    from totalled

)

select * from ranked
