{% macro oldest_file_rank(of) -%}
    rank() over (
        partition by {{ of | join(', ') }}
        order by _exported_at, _file_id
    )
{%- endmacro %}
