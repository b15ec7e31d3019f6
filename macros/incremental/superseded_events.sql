{#- Nearly all events stand in one row. Those of several are found by a number of each, eight bytes
    that fit into memory where ids do not, and they alone are ranked. -#}
{% macro superseded_events(relation, event_id) -%}
    (
        select
            _file_id,
            _line
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
            ) as events
            where {{ text_number('event_id') }} in (
                select event_number
                from (
                    select {{ text_number(event_id) }} as event_number
                    from {{ relation }}
                    where {{ is_known() }}
                ) as numbered
                group by event_number
                having count(*) > 1
            )
        ) as versions
        where version_rank > 1
    )
{%- endmacro %}
