{#- Nearly all events stand in one row. Those of several are found by a number of each, eight bytes
    that fit into memory where ids do not, and they alone are ranked. They are joined, for DuckDB
    would keep all wide rows of an anti join's left side before it looks for any. -#}
{% macro newest_events(events, relation, event_id) -%}
    (
        select events.*
        from {{ events }} as events
        left join (
            select
                _file_id,
                _line,
                {{ newest_row_rank(of=['event_id']) }} as version_rank
            from (
                {{ landed_rows(
                    relation, [event_id ~ ' as event_id', 'landed._file_id', 'landed._line']
                ) }}
            ) as counted
            where
                {{ text_number('event_id') }} in {{ repeated_numbers(relation, event_id) }}
        ) as superseded
            on events._file_id = superseded._file_id
            and events._line = superseded._line
            and superseded.version_rank > 1
        where superseded._line is null
    )
{%- endmacro %}
