{#- A double cannot say 547.295 and rounds it down; as a decimal it is exact again, and half away
    from zero is the next cent. -#}
{% macro ratio(part, whole, digits) -%}
    cast(
        cast(
            cast({{ part }} as double) / nullif(cast({{ whole }} as double), 0) as decimal(38, 12)
        ) as decimal(18, {{ digits }})
    )
{%- endmacro %}
