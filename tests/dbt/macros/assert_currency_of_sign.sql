-- currency_of_sign maps each amount as written to the currency beside it
with

examples as (

    select
        '-$7.00' as given,
        '{{ var("dollar_currency") }}' as expected
    union all
    select
        '7.00' as given,
        '{{ var("dollar_currency") }}' as expected
    union all
    select
        '£1,016.00' as given,
        'GBP' as expected
    union all
    select
        '16,00 €' as given,
        'EUR' as expected
    union all
    select
        '¥800' as given,
        'JPY' as expected

)

select
    given,
    expected,
    {{ currency_of_sign('given') }} as actual
from examples
where {{ currency_of_sign('given') }} is distinct from expected
