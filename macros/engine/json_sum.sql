{% macro json_sum(column, key) -%}
    {{ return(adapter.dispatch('json_sum')(column, key)) }}
{%- endmacro %}

{% macro default__json_sum(column, key) -%}
    list_sum(
        cast(json_extract_string({{ column }}, '$[*].{{ key }}') as decimal(18, 2) array)
    )
{%- endmacro %}

{% macro spark__json_sum(column, key) -%}
    aggregate(
        nullif(
            from_json({{ column }}, 'array<struct<{{ key }}: string>>'),
            cast(array() as array<struct<{{ key }}: string>>)
        ),
        cast(0 as decimal(18, 2)),
        (total, element) -> cast(
            total + coalesce(cast(element.{{ key }} as decimal(18, 2)), 0) as decimal(18, 2)
        )
    )
{%- endmacro %}
