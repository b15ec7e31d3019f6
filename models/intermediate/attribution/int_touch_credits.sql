{%- set models = attribution_model_names() -%}
with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

touches as (

    select * from {{ ref('int_conversion_touches') }}

),

journeys as (

    select * from {{ ref('int_journeys_sequenced') }}
    where is_converted

),

shares as (

    select * from {{ ref('int_sequence_shares') }}

),

half_lives as (

    select half_life_days from {{ ref('attribution_models') }}
    where attribution_model = 'time_decay'

),

-- of all models, only this one looks at when the contacts of a conversion were
aged as (

    select
        touches.conversion_number,
        touches.touch_number,
        touches.channel_number,
        touches.touch_position,
        journeys.sequence_number,
        round(1e9 * power(
            0.5e0,
            cast(touches.age_seconds - journeys.least_age_seconds as double)
            / 86400 / half_lives.half_life_days
        )) as time_decay_weight,
        touches.touch_position = journeys.touch_count as is_last
    from touches
    inner join journeys on touches.conversion_number = journeys.journey_number
    cross join half_lives

),

accumulated as (

    select
        *,
        sum(time_decay_weight) over (
            partition by conversion_number
            order by touch_position
            rows between unbounded preceding and current row
        ) as time_decay_so_far,
        sum(time_decay_weight) over (partition by conversion_number) as time_decay_total
    from aged

),

decayed as (

    select
        *,
        {{ share_before('time_decay') }} as time_decay_before,
        {{ share_after('time_decay') }} as time_decay_after
    from accumulated

),

given as (

    select
        shares.*,
        decayed.conversion_number,
        decayed.touch_number,
        decayed.channel_number,
        decayed.time_decay_before,
        decayed.time_decay_after,
        {{ credit_between('time_decay') }} as time_decay_credit
    from decayed
    inner join shares
        on decayed.sequence_number = shares.sequence_number
        and decayed.touch_position = shares.touch_position

),

-- differences of rounded amounts add up to the whole, to the cent; of 17 digits, so that they have
-- 18 and fit into 64 bits
credited as (

    select
        {% for model in models -%}
            given.{{ model }}_credit,
            cast(cast(conversions.revenue as double) * given.{{ model }}_after as decimal(17, 2))
            - cast(cast(conversions.revenue as double) * given.{{ model }}_before as decimal(17, 2))
                as {{ model }}_revenue,
        {% endfor -%}
        given.conversion_number,
        given.touch_number,
        given.channel_number,
        given.touch_position
    from given
    inner join conversions on given.conversion_number = conversions.conversion_number

    union all

    select
        {% for model in models -%}
            1 as {{ model }}_credit,
            conversions.revenue as {{ model }}_revenue,
        {% endfor -%}
        conversions.conversion_number,
        null as touch_number,
        null as channel_number,
        null as touch_position
    from conversions
    left join journeys on conversions.conversion_number = journeys.journey_number
    where journeys.journey_number is null

)

select * from credited
