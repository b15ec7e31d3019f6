{% macro newest_file_rank(of) -%}
    rank() over (
        partition by {{ of | join(', ') }}
        order by _exported_at desc, _file_id desc
    )
{%- endmacro %}
