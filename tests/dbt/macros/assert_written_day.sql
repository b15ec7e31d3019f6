-- written_day reads each given text as the date beside it
with

examples (given, expected) as (

    values
    ('May 01 2025', cast('2025-05-01' as date)),
    ('Sept. 1, 2025', cast('2025-09-01' as date)),
    ('December 31, 2024', cast('2024-12-31' as date)),
    ('Feb 30 2025', null),
    ('Moo 01 2025', null),
    ('2025-05-01', null),
    ('', null),
    (null, null)

)

select
    given,
    expected,
    {{ written_day('given') }} as actual

from examples

where {{ written_day('given') }} is distinct from expected
