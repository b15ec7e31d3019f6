-- completed_years counts as birthdays do
with

examples as (

    select
        cast('1990-05-17' as date) as born_on,
        cast('2026-05-16' as date) as seen_on,
        35 as expected

    union all

    select
        cast('1990-05-17' as date) as born_on,
        cast('2026-05-17' as date) as seen_on,
        36 as expected

    union all

    select
        cast('2000-02-29' as date) as born_on,
        cast('2026-02-28' as date) as seen_on,
        25 as expected

    union all

    select
        cast('2000-02-29' as date) as born_on,
        cast('2026-03-01' as date) as seen_on,
        26 as expected

    union all

    select
        cast('2026-03-01' as date) as born_on,
        cast('2026-03-01' as date) as seen_on,
        0 as expected

    union all

    select
        null as born_on,
        cast('2026-03-01' as date) as seen_on,
        null as expected

)

select
    born_on,
    seen_on,
    expected,
    {{ completed_years('born_on', 'seen_on') }} as actual

from examples

where {{ completed_years('born_on', 'seen_on') }} is distinct from expected
