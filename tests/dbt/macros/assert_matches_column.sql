-- matches_column looks for the pattern that stands in the row itself
with

examples (given, pattern, expected) as (

    values
    ('C489449', '^C', true),
    ('489C', '^C', false),
    ('489C', 'C$', true),
    ('489434', null, null),
    (null, '^C', null)

)

select
    given,
    pattern,
    expected,
    {{ matches_column('given', 'pattern') }} as actual

from examples

where {{ matches_column('given', 'pattern') }} is distinct from expected
