{% macro exported_day(exported_at, stated_date) -%}
    coalesce({{ stated_date }}, {{ business_date(exported_at) }})
{%- endmacro %}
