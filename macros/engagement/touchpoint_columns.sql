{% macro touchpoint_columns() -%}
    {{ return({
        'customer_id': 'string',
        'source_record_id': 'string',
        'session_id': 'string',
        'message_id': 'string',
        'order_id': 'string',
        'contact_id': 'string',
        'campaign_id': 'string',
        'campaign_name': 'string',
        'device_type': 'string',
        'is_machine': 'boolean',
        'duration_seconds': 'bigint',
    }) }}
{%- endmacro %}
