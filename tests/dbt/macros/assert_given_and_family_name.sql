-- given_name and family_name part a full name before its last word
with

examples (given, expected_given, expected_family) as (

    values
    ('Ada Byron', 'Ada', 'Byron'),
    (' Anna Maria  Lund ', 'Anna Maria', 'Lund'),
    ('Zoë', 'Zoë', null),
    ('  ', null, null),
    (null, null, null)

)

select
    given,
    {{ given_name('given') }} as actual_given,
    {{ family_name('given') }} as actual_family

from examples

where
    {{ given_name('given') }} is distinct from expected_given
    or {{ family_name('given') }} is distinct from expected_family
