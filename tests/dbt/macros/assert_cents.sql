-- half a cent, which a double says as a hair less, is the next cent
with

examples as (

    select
        149.70e0 * 0.25e0 as given,
        37.43 as expected
    union all
    select 1.005e0, 1.01
    union all
    select -1.005e0, -1.01
    union all
    select 1.0049e0, 1.00

)

select
    given,
    expected,
    {{ cents('given') }} as actual

from examples

where {{ cents('given') }} <> expected
