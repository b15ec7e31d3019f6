{% macro id_in_account(column) -%}
    case when _account <> 'default' then _account || ':' || {{ column }} else {{ column }} end
{%- endmacro %}
