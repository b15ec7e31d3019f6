{% macro contact_columns() -%}
    {{ return({
        'anonymous_id': 'string',
        'user_id': 'string',
        'shop_customer_id': 'string',
        'device_id': 'string',
        'push_token': 'string',
        'loyalty_card': 'string',
        'email': 'string',
        'phone': 'string',
        'first_name': 'string',
        'last_name': 'string',
        'city': 'string',
        'region': 'string',
        'postal_code': 'string',
        'country': 'string',
        'country_code': 'string',
        'language': 'string',
        'gender': 'string',
        'birth_date': 'date',
        'first_seen_at': 'timestamp',
        'last_seen_at': 'timestamp',
    }) }}
{%- endmacro %}
