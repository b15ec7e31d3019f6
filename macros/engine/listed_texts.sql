{% macro listed_texts(column, condition) -%}
    {{ return(adapter.dispatch('listed_texts')(column, condition)) }}
{%- endmacro %}

{% macro default__listed_texts(column, condition) -%}
    list_sort(list({{ column }}) filter (where {{ condition }}))
{%- endmacro %}

{% macro spark__listed_texts(column, condition) -%}
    nullif(
        array_sort(collect_list({{ column }}) filter (where {{ condition }})),
        cast(array() as array<string>)
    )
{%- endmacro %}
