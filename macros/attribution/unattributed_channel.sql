{% macro unattributed_channel() -%}
    {{ return("direct / unattributed") }}
{%- endmacro %}
