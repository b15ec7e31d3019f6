{% macro oldest_file_rank(of) -%}
    rank() over (
        partition by {{ of | join(', ') }}
        order by _first_exported_at, _exported_at, _file_id
    )
{%- endmacro %}
