-- utc_from_local maps the time on each wall to the moment beside it, in summer and in winter
with

examples as (

    select
        cast('2026-07-01 12:59:30' as timestamp) as given,
        'America/New_York' as zone_name,
        cast('2026-07-01 16:59:30' as timestamp) as expected
    union all
    select
        cast('2026-01-01 00:30:00' as timestamp) as given,
        'Europe/Berlin' as zone_name,
        cast('2025-12-31 23:30:00' as timestamp) as expected
    union all
    select
        cast('2026-01-01 00:30:00' as timestamp) as given,
        'Asia/Kolkata' as zone_name,
        cast('2025-12-31 19:00:00' as timestamp) as expected
    union all
    select
        cast('2026-01-01 00:30:00' as timestamp) as given,
        null as zone_name,
        null as expected
    union all
    select
        null as given,
        'UTC' as zone_name,
        null as expected

)

select
    given,
    zone_name,
    expected,
    {{ utc_from_local('given', 'zone_name') }} as actual
from examples
where {{ utc_from_local('given', 'zone_name') }} is distinct from expected
