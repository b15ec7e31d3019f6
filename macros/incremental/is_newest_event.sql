{#- Nearly all events stand in one row. Those of several are found by a number of each, eight bytes
    that fit into memory where ids do not, and they alone are ranked. -#}
{% macro is_newest_event(events, relation, event_id) -%}
    not exists (
        select 1
        from (
            select
                _file_id,
                _line,
                {{ newest_row_rank(of=['event_id']) }} as version_rank
            from (
                select
                    {{ event_id }} as event_id,
                    _exported_at,
                    _file_id,
                    _line
                from {{ relation }}
                where {{ is_known() }}
            ) as told
            where
                {{ text_number('event_id') }} in {{ repeated_numbers(
                    relation, event_id, is_known()
                ) }}
        ) as versions
        where
            versions.version_rank > 1
            and versions._file_id = {{ events }}._file_id
            and versions._line = {{ events }}._line
    )
{%- endmacro %}
