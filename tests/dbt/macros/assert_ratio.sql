-- ratio divides and rounds half away from zero, and has no answer when there is nothing to divide
-- by
with

examples as (

    select
        cast(10 as decimal(18, 2)) as part,
        3 as whole,
        cast(3.33 as decimal(18, 2)) as expected
    union all
    select
        cast(1094.59 as decimal(18, 2)) as part,
        2 as whole,
        cast(547.30 as decimal(18, 2)) as expected
    union all
    select
        cast(-34.55 as decimal(18, 2)) as part,
        2 as whole,
        cast(-17.28 as decimal(18, 2)) as expected
    union all
    select
        cast(10 as decimal(18, 2)) as part,
        0 as whole,
        null as expected
    union all
    select
        null as part,
        4 as whole,
        null as expected

)

select
    part,
    whole,
    expected,
    {{ ratio('part', 'whole', 2) }} as actual
from examples
where {{ ratio('part', 'whole', 2) }} is distinct from expected
