{%- set models = attribution_model_names() -%}
with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

touches as (

    select * from {{ ref('int_attribution_touches') }}

),

weights as (

    select * from {{ ref('int_touch_weights') }}

),

accumulated as (

    select
        {% for model in models -%}
            {{ model }}_weight,
            sum({{ model }}_weight) over (
                partition by conversion_number
                order by touch_position
                rows between unbounded preceding and current row
            ) as {{ model }}_so_far,
            sum({{ model }}_weight) over (
                partition by conversion_number
            ) as {{ model }}_total,
        {% endfor -%}
        conversion_number,
        touch_number,
        channel,
        touch_position,
        is_last
    from weights

),

-- what has been given away before a touch and after it, of 1 in all; where no touch has any weight
-- the last one takes all
given as (

    select
        {% for model in models -%}
            case
                when {{ model }}_total > 0
                    then ({{ model }}_so_far - {{ model }}_weight) / {{ model }}_total
                else 0
            end as {{ model }}_before,
            case
                when {{ model }}_total > 0 then {{ model }}_so_far / {{ model }}_total
                when is_last then 1
                else 0
            end as {{ model }}_after,
        {% endfor -%}
        conversion_number,
        touch_number,
        channel,
        touch_position
    from accumulated

    union all

    select
        {% for model in models -%}
            0 as {{ model }}_before,
            1 as {{ model }}_after,
        {% endfor -%}
        conversions.conversion_number,
        null as touch_number,
        '{{ unattributed_channel() }}' as channel,
        null as touch_position
    from conversions
    left join weights on conversions.conversion_number = weights.conversion_number
    where weights.conversion_number is null

),

-- differences of rounded shares add up to the whole, to the last digit and to the cent
credited as (

    select
        {% for model in models -%}
            cast(round(given.{{ model }}_after, 9) as decimal(10, 9))
            - cast(round(given.{{ model }}_before, 9) as decimal(10, 9))
                as {{ model }}_credit,
            cast(
                round(cast(conversions.revenue as double) * given.{{ model }}_after, 2)
                as decimal(18, 2)
            )
            - cast(
                round(cast(conversions.revenue as double) * given.{{ model }}_before, 2)
                as decimal(18, 2)
            ) as {{ model }}_revenue,
        {% endfor -%}
        conversions.conversion_id,
        conversions.conversion_kind,
        touches.touchpoint_id,
        touches.campaign_id,
        touches.campaign_name,
        given.channel,
        given.touch_position
    from given
    inner join conversions on given.conversion_number = conversions.conversion_number
    left join touches on given.touch_number = touches.touch_number

)

select * from credited
