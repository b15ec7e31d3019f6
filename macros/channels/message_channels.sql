{% macro message_channels() -%}
    {{ return(['email', 'sms', 'whatsapp', 'web_push', 'app_push']) }}
{%- endmacro %}
