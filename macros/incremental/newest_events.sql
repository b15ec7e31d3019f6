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
        where (file_id, file_line) not in {{ superseded_events(relation, event_id) }}
    )
{%- endmacro %}
