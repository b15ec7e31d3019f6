{#- With one thing to order by DuckDB takes the first row of each group, and sorts none. -#}
{% macro newest_row_rank(of, by=[]) -%}
    row_number() over (
        partition by {{ of | join(', ') }}
        order by
            {% for column in by -%}
                {{ column }} desc nulls last,
            {% endfor -%}
            (_exported_at, _file_id, _line) desc
    )
{%- endmacro %}
