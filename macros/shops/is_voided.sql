{% macro is_voided(payment_status) -%}
    coalesce({{ payment_status }} in ('voided', 'expired'), false)
{%- endmacro %}
