{#- An address may hold anything after a percent sign: what cannot be decoded stays as it is. -#}
{% macro url_decoded(text) -%}
    {{ return(adapter.dispatch('url_decoded')(text)) }}
{%- endmacro %}

{% macro default__url_decoded(text) -%}
    coalesce(try(url_decode(replace({{ text }}, '+', ' '))), {{ text }})
{%- endmacro %}

{#- Spark gives up at a percent sign of its own, and puts a sign for bytes that are no letter. -#}
{% macro spark__url_decoded(text) -%}
    {%- set whole = "regexp_replace(" ~ text ~ ", '%(?![0-9A-Fa-f]{2})', '%25')" -%}
    {%- set decoded = "try_url_decode(" ~ whole ~ ")" -%}
    case
        when {{ text }} ilike '%EF%BF%BD%' or not contains({{ decoded }}, '�') then {{ decoded }}
        else {{ text }}
    end
{%- endmacro %}
