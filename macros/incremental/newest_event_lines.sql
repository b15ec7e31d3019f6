{% macro newest_event_lines(relation, event_id) -%}
    (
        select
            {{ event_id }} as event_id,
            _file_id as file_id,
            _line as file_line
        from {{ newest_events(relation, relation, event_id) }} as newest
        where {{ is_known() }}
    )
{%- endmacro %}
