{% macro newest_events(relation, event_id) -%}
    (
        select
            event_id,
            _file_id as file_id,
            _line as file_line
        from (
            select
                {{ event_id }} as event_id,
                _file_id,
                _line
            from {{ relation }}
            where {{ is_known() }}
        ) as identified
        where {{ is_newest_event('identified', relation, event_id) }}
    )
{%- endmacro %}
