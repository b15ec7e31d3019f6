{% macro newest_event_lines(relation, event_id) -%}
    {%- set columns = [event_id ~ ' as event_id', 'landed._file_id', 'landed._line'] -%}
    (
        select
            event_id,
            _file_id as file_id,
            _line as file_line
        from {{ newest_events('(' ~ landed_rows(relation, columns) ~ ')', relation, event_id) }}
            as newest
    )
{%- endmacro %}
