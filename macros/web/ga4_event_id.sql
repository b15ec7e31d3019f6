{% macro ga4_event_id() -%}
    md5(concat_ws(
        '|',
        coalesce(user_pseudo_id, ''),
        cast(event_timestamp as string),
        event_name,
        coalesce(ga_session_id, ''),
        coalesce(cast(batch_page_id as string), ''),
        coalesce(cast(batch_ordering_id as string), ''),
        coalesce(cast(batch_event_index as string), '')
    ))
{%- endmacro %}
