-- json_sum adds the amounts of an array's objects, written as text or as numbers
with

examples as (

    {% for given, expected in [
        ('[{"price": "3.98", "rate": 0.06}, {"price": 0.5}]', '4.48'),
        ('[{"price": "1.10"}]', '1.10'),
        ('[{"rate": 0.06}, {"price": "2.00"}]', '2.00'),
        ('[]', 'null')
    ] -%}
        select
            '{{ given }}' as given,
            cast({{ expected }} as decimal(18, 2)) as expected
        union all
    {% endfor %}
    select
        cast(null as {{ dbt.type_string() }}) as given,
        cast(null as decimal(18, 2)) as expected

)

select
    given,
    expected,
    {{ json_sum('given', 'price') }} as actual
from examples
where {{ json_sum('given', 'price') }} is distinct from expected
