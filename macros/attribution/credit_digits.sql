{% macro credit_digits(share) -%}
    cast({{ share }} as decimal(10, 9))
{%- endmacro %}
