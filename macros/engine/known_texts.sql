{% macro known_texts(expressions) -%}
    {{ return(adapter.dispatch('known_texts')(expressions)) }}
{%- endmacro %}

{% macro default__known_texts(expressions) -%}
    list_filter(
        cast([{{ expressions | join(', ') }}] as varchar[]), lambda element: element is not null
    )
{%- endmacro %}

{% macro spark__known_texts(expressions) -%}
    array_compact(cast(array({{ expressions | join(', ') }}) as array<string>))
{%- endmacro %}
