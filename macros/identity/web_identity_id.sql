{% macro web_identity_id() -%}
    md5(concat_ws(
        '|',
        coalesce(anonymous_id, ''),
        coalesce(user_id, ''),
        coalesce(email, ''),
        coalesce(phone, ''),
        'device ' || device_id,
        'token ' || device_token
    ))
{%- endmacro %}
