with

signals as (

    select * from {{ ref('int_category_signals_unioned') }}

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
