-- percent_named reads the rate that a tax is named with
with

examples as (

    {% for given, expected in [
        ('MwSt. 19%', '19'),
        ('VAT 5,5 %', '5.5'),
        ('NY State Tax 8.875%', '8.875'),
        ('VAT', 'null'),
        ('Tax class 7', 'null')
    ] -%}
        select
            '{{ given }}' as given,
            cast({{ expected }} as double) as expected
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    given,
    expected,
    {{ percent_named('given') }} as actual
from examples
where {{ percent_named('given') }} is distinct from expected
