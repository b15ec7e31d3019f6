{#- A double says 37.425 as a hair less, which one engine rounds down and another up. As a decimal of
    six digits it is exact again; more would not fit into 64 bits. -#}
{% macro cents(amount) -%}
    cast(cast({{ amount }} as decimal(18, 6)) as decimal(17, 2))
{%- endmacro %}
