{% macro text_in_order(text, position, separator) -%}
    {{ return(adapter.dispatch('text_in_order')(text, position, separator)) }}
{%- endmacro %}

{#- An aggregate with an order of its own keeps its rows in memory, four times as many bytes, and
    cannot spill them: sorting the finished list costs less of both. -#}
{% macro default__text_in_order(text, position, separator) -%}
    array_to_string(
        list_select(list({{ text }}), list_grade_up(list({{ position }}))), {{ separator }}
    )
{%- endmacro %}

{% macro spark__text_in_order(text, position, separator) -%}
    listagg({{ text }}, {{ separator }}) within group (order by {{ position }})
{%- endmacro %}
