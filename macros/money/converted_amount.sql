{% macro converted_amount(amount) -%}
    cast(round(cast({{ amount }} as double) * unit_value, 2) as decimal(18, 2))
{%- endmacro %}
