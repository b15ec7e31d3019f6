{% macro traffic_id() -%}
    md5(concat_ws(
        '|',
        coalesce(utm_source, ''),
        coalesce(utm_medium, ''),
        coalesce(utm_campaign, ''),
        coalesce(click_id_kind, ''),
        coalesce(referrer_host, '')
    ))
{%- endmacro %}
