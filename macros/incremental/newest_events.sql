{% macro newest_events(relation, event_id) -%}
    (
        select
            event_id,
            file_id,
            file_line
        from (
            select
                event_id,
                _file_id as file_id,
                _line as file_line,
                {{ newest_row_rank(of=['event_id']) }} as version_rank
            from (
                select
                    {{ event_id }} as event_id,
                    _exported_at,
                    _file_id,
                    _line
                from {{ relation }}
                where {{ is_known() }}
            ) as events
        ) as versions
        where version_rank = 1
    )
{%- endmacro %}
