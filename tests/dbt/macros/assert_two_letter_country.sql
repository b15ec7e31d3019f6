-- two_letter_country keeps codes and nothing else
with

examples (given, expected) as (

    values
    ('us', 'US'),
    (' DE ', 'DE'),
    ('Germany', null),
    ('U1', null),
    (null, null)

)

select
    given,
    expected,
    {{ two_letter_country('given') }} as actual

from examples

where {{ two_letter_country('given') }} is distinct from expected
