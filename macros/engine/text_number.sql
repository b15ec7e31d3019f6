{% macro text_number(text) -%}
    {{ return(adapter.dispatch('text_number')(text)) }}
{%- endmacro %}

{% macro default__text_number(text) -%}
    hash({{ text }})
{%- endmacro %}

{% macro spark__text_number(text) -%}
    xxhash64({{ text }})
{%- endmacro %}
