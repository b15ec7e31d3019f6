{% macro newest_events(relation, event_id) -%}
    (
        select
            event_id,
            file_id,
            file_line
        from (
            select
                {{ event_id }} as event_id,
                _file_id as file_id,
                _line as file_line
            from {{ relation }}
            where {{ is_known() }}
        ) as events
        where not exists (
            select 1
            from {{ superseded_events(relation, event_id) }} as superseded
            where events.file_id = superseded._file_id and events.file_line = superseded._line
        )
    )
{%- endmacro %}
