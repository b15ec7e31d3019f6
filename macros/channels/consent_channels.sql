{% macro consent_channels() -%}
    {{ return(message_channels() + ['ad_audience']) }}
{%- endmacro %}
