-- says_yes maps each word to the answer beside it
with

examples as (

    select
        'Yes' as given,
        true as expected
    union all
    select
        ' true ' as given,
        true as expected
    union all
    select
        'Ja' as given,
        true as expected
    union all
    select
        'NO' as given,
        false as expected
    union all
    select
        'non' as given,
        false as expected
    union all
    select
        'perhaps' as given,
        null as expected
    union all
    select
        null as given,
        null as expected

)

select
    given,
    expected,
    {{ says_yes('given') }} as actual
from examples
where {{ says_yes('given') }} is distinct from expected
