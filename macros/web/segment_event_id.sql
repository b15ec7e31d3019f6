{% macro segment_event_id() -%}
    coalesce(
        message_id,
        md5(concat_ws(
            '|',
            event_type,
            coalesce(event, page_name, ''),
            coalesce(anonymous_id, ''),
            coalesce(user_id, ''),
            cast(occurred_at as string),
            coalesce(page_url, ''),
            coalesce(properties, ''),
            coalesce(traits, '')
        ))
    )
{%- endmacro %}
