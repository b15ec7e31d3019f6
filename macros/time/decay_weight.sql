{% macro decay_weight(days, half_life_days) -%}
    cast(
        round(
            power(
                cast(0.5 as double),
                cast(greatest({{ days }}, 0) as double) / cast({{ half_life_days }} as double)
            ),
            9
        ) as decimal(18, 9)
    )
{%- endmacro %}
