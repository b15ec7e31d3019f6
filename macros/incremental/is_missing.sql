{% macro is_missing(key) -%}
    {%- if this and is_incremental() -%}
        {{ key }} not in (select {{ key }} from {{ this }} where {{ key }} is not null)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
