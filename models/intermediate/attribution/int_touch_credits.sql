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
        *,
        {% for model in models -%}
            sum({{ model }}_weight) over (
                partition by conversion_number
                order by position
                rows between unbounded preceding and current row
            ) as {{ model }}_so_far,
            sum({{ model }}_weight) over (
                partition by conversion_number
            ) as {{ model }}_total{{ ',' if not loop.last }}
        {% endfor %}
    from weights

),

-- what has been given away before a touch and after it, of 1 in all; where no touch has any weight
-- the last one takes all
given as (

    select
        conversion_number,
        touch_number,
        channel,
        position,
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
            end as {{ model }}_after{{ ',' if not loop.last }}
        {% endfor %}
    from accumulated

    union all

    select
        conversions.conversion_number,
        null as touch_number,
        '{{ unattributed_channel() }}' as channel,
        null as position,
        {% for model in models -%}
            0 as {{ model }}_before,
            1 as {{ model }}_after{{ ',' if not loop.last }}
        {% endfor %}
    from conversions
    left join weights on conversions.conversion_number = weights.conversion_number
    where weights.conversion_number is null

),

-- differences of rounded shares add up to the whole, to the last digit and to the cent
credited as (

    select
        conversions.conversion_id,
        conversions.conversion_kind,
        touches.touchpoint_id,
        touches.campaign_id,
        touches.campaign_name,
        given.channel,
        given.position,
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
            ) as {{ model }}_revenue{{ ',' if not loop.last }}
        {% endfor %}
    from given
    inner join conversions on given.conversion_number = conversions.conversion_number
    left join touches on given.touch_number = touches.touch_number

)

select * from credited
