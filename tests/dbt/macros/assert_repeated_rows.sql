-- nulls agree with nulls, and what stands once is not repeated
with

examples (letter, digit) as (

    values
    ('a', 1),
    ('a', 1),
    ('a', 2),
    (null, 2),
    (null, 2)

),

expected (letter, digit, row_count) as (

    values
    ('a', 1, 2),
    (null, 2, 2)

),

repeated as (

    {{ repeated_rows('examples', ['letter', 'digit']) }}

)

select
    repeated.letter,
    repeated.digit,
    repeated.row_count,
    expected.row_count as expected
from repeated
full outer join expected
    on repeated.letter is not distinct from expected.letter and repeated.digit = expected.digit
where repeated.row_count is distinct from expected.row_count
