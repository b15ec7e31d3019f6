{% macro newest_row_rank(of, by=[]) -%}
    row_number() over (
        partition by {{ of | join(', ') }}
        order by
            {% for column in by -%}
                {{ column }} desc nulls last,
            {% endfor -%}
            _exported_at desc, _file_id desc, _line desc
    )
{%- endmacro %}
