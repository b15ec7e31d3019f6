-- half a cent, which a double says as a hair less, is the next cent
with

examples (given, expected) as (

    values
    (149.70e0 * 0.25e0, 37.43),
    (1.005e0, 1.01),
    (-1.005e0, -1.01),
    (1.0049e0, 1.00)

)

select
    given,
    expected,
    {{ cents('given') }} as actual

from examples

where {{ cents('given') }} <> expected
