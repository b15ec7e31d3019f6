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

age_bands as (

    select * from {{ ref('age_bands') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

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
            max(stated_at) filter (
                where attribute = '{{ attribute }}'
            ) as {{ attribute }}_stated_at,
        {% endfor -%}
        customer_id
    from attributes
    group by customer_id

),

aged as (

    select
        described.*,
        cast({{ completed_years('described.birth_date', 'as_of.as_of_date') }} as integer) as age
    from described
    cross join as_of

),

banded as (

    select
        aged.*,
        age_bands.age_band
    from aged
    left join age_bands
        on aged.age >= age_bands.at_least
        and aged.age < coalesce(age_bands.below, aged.age + 1)

)

select * from banded
