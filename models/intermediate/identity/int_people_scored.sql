{%- set texts = ['record_a', 'record_b'] -%}
{%- set levels = [
    'given_name_level', 'family_name_level', 'birth_date_level', 'phone_level',
    'postal_code_level', 'email_level'
] -%}
with

scored as (

    {% if var('probabilistic_links') %}
        select
            record_a,
            record_b,
            {% for column in levels %}
                {{ column }},
            {% endfor %}
            cast(match_probability as decimal(7, 6)) as match_probability
        from {{ ref('int_people_compared') }}
    {% else %}
        select
            {% for column in texts %}
                cast(null as string) as {{ column }},
            {% endfor %}
            {% for column in levels %}
                cast(null as integer) as {{ column }},
            {% endfor %}
            cast(null as decimal(7, 6)) as match_probability
        where 1 = 0
    {% endif %}

)

select * from scored
