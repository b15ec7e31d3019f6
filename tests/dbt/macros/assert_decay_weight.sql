-- decay_weight halves with each half life and sums alike in any order
with

examples as (

    select
        0 as day_count,
        30 as half_life_days,
        cast(1 as decimal(18, 9)) as expected

    union all

    select
        30 as day_count,
        30 as half_life_days,
        cast(0.5 as decimal(18, 9)) as expected

    union all

    select
        45 as day_count,
        30 as half_life_days,
        cast(0.353553391 as decimal(18, 9)) as expected

    union all

    select
        900 as day_count,
        30 as half_life_days,
        cast(0.000000001 as decimal(18, 9)) as expected

    union all

    select
        -3 as day_count,
        30 as half_life_days,
        cast(1 as decimal(18, 9)) as expected

)

select
    day_count,
    half_life_days,
    expected,
    {{ decay_weight('day_count', 'half_life_days') }} as actual

from examples

where {{ decay_weight('day_count', 'half_life_days') }} is distinct from expected
