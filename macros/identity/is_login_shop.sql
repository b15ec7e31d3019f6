{% macro is_login_shop(shop) -%}
    {%- set login_shop = var('login_shop') -%}
    ({{ shop }} = '{{ login_shop }}'
    or substr({{ shop }}, 1, {{ login_shop | length + 1 }}) = '{{ login_shop }}_')
{%- endmacro %}
