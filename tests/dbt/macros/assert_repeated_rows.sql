-- nulls agree with nulls, and what stands once is not repeated; the same where values are listed,
-- and of a value that is not among them
with

examples (digit, letter) as (

    values
    (1, 'a'),
    (1, 'a'),
    (1, 'b'),
    (2, 'a'),
    (2, 'b'),
    (2, 'z'),
    (2, 'z'),
    (3, 'a'),
    (3, 'b'),
    (3, 'z'),
    (4, null),
    (4, null),
    (null, 'c'),
    (null, 'c'),
    (null, 'c')

),

expected (digit, letter, row_count) as (

    values
    (1, 'a', 2),
    (2, 'z', 2),
    (4, null, 2),
    (null, 'c', 3)

),

of_any_values as (

    {{ repeated_rows('examples', ['digit', 'letter']) }}

),

of_listed_values as (

    {{ repeated_rows('examples', ['digit', 'letter'], ['a', 'b', 'c']) }}

),

sides as (

    select
        digit,
        letter,
        row_count,
        2 as side
    from expected

    union all

    select
        digit,
        letter,
        row_count,
        -1 as side
    from of_any_values

    union all

    select
        digit,
        letter,
        row_count,
        -1 as side
    from of_listed_values

)

select
    digit,
    letter,
    row_count
from sides
group by digit, letter, row_count
having sum(side) <> 0
