{% macro ratio(part, whole, digits) -%}
    cast(
        round(cast({{ part }} as double) / nullif(cast({{ whole }} as double), 0), {{ digits }})
        as decimal(18, {{ digits }})
    )
{%- endmacro %}
