{% macro shopify_shop() -%}
    case when _account = 'default' then 'shopify' else 'shopify_' || _account end
{%- endmacro %}
