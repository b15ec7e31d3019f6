{% macro shop_in_account(vendor) -%}
    case when _account = 'default' then '{{ vendor }}' else '{{ vendor }}_' || _account end
{%- endmacro %}
