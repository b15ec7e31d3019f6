{#- each golden attribute, and the columns that come with it from one record -#}
{%- set attributes = {
    'email': ['email'],
    'phone': ['phone'],
    'name': ['first_name', 'last_name'],
    'address': ['city', 'region', 'country_code'],
    'language': ['language'],
    'gender': ['gender'],
    'birth_date': ['birth_date']
} -%}
with

attributes as (

    select * from {{ ref('int_customer_attributes_selected') }}

),

described as (

    select
        {% for attribute, columns in attributes.items() -%}
            {% for column in columns -%}
                max({{ column }}) filter (where attribute = '{{ attribute }}') as {{ column }},
            {% endfor -%}
            max(source_system) filter (
                where attribute = '{{ attribute }}'
            ) as {{ attribute }}_source,
        {% endfor -%}
        customer_id
    from attributes
    group by customer_id

)

select * from described
