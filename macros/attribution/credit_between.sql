{#- Differences of rounded shares add up to exactly 1. -#}
{% macro credit_between(model) -%}
    cast({{ model }}_after as decimal(10, 9)) - cast({{ model }}_before as decimal(10, 9))
{%- endmacro %}
