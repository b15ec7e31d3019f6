-- normalize_phone maps each number, written in a country, to the one beside it
{% set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' -%}
{% set examples = [
    ('+49 30 901820', 'DE', '+4930901820'),
    ('0049 30 901820', 'DE', '+4930901820'),
    ('030 / 90 18 20', 'DE', '+4930901820'),
    ('+44 (0)20 7946 0018', 'GB', '+442079460018'),
    ('020 7946 0018', 'GB', '+442079460018'),
    ('442079460018', 'GB', '+442079460018'),
    ('(212) 555-0123', 'US', '+12125550123'),
    ('1-212-555-0123', 'US', '+12125550123'),
    ('212-555-0123 ext. 45', 'US', '+12125550123'),
    ('612 34 56 78', 'ES', '+34612345678'),
    ('06 30 123 4567', 'HU', '+36301234567'),
    ('347 123 4567', 'IT', '+393471234567'),
    ('45 12 34 56', 'DK', '+4545123456'),
    ('+12125550123', 'XX', '+12125550123'),
    ('030 901820', 'XX', none),
    ('12', 'DE', none),
    ('n/a', 'DE', none),
    ('', 'DE', none),
    ('+00000000000', 'US', none)
] -%}
with

examples as (

    {% for given, country_code, expected in examples -%}
        {% if not loop.first %}union all{% endif %}
        select
            '{{ given }}' as given,
            '{{ country_code }}' as country_code,
            {{ "'" ~ expected ~ "'" if expected else nothing }} as expected
    {% endfor %}
),

normalized as (

    select
        examples.given,
        examples.country_code,
        examples.expected,
        {{ normalize_phone(
            'examples.given',
            'calling_codes.calling_code',
            'calling_codes.trunk_prefix',
            'calling_codes.longest_number_digits'
        ) }} as actual
    from examples
    left join {{ ref('calling_codes') }} as calling_codes
        on examples.country_code = calling_codes.country_code

)

select * from normalized
where actual is distinct from expected
