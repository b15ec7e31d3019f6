{#- An address may hold anything after a percent sign: what cannot be decoded stays as it is. -#}
{% macro url_decoded(text) -%}
    {{ return(adapter.dispatch('url_decoded')(text)) }}
{%- endmacro %}

{% macro default__url_decoded(text) -%}
    coalesce(try(url_decode(replace({{ text }}, '+', ' '))), {{ text }})
{%- endmacro %}

{% macro spark__url_decoded(text) -%}
    coalesce(try_url_decode({{ text }}), {{ text }})
{%- endmacro %}
