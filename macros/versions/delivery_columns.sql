{% macro delivery_columns() -%}
    cast(_exported_at as string) || ' ' || _file_id as delivery_number,
    cast(_first_exported_at as string) || ' ' || _file_id as first_delivery_number,
    _first_exported_at as first_exported_at
{%- endmacro %}
