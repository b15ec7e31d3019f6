-- utc_from_local maps the time on each wall to the moment beside it, in summer and in winter; an
-- hour shown twice is the second, in standard time, and one left out is counted on from before
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
        cast('2026-11-01 01:30:00' as timestamp) as given,
        'America/New_York' as zone_name,
        cast('2026-11-01 06:30:00' as timestamp) as expected
    union all
    select
        cast('2026-11-01 00:59:59' as timestamp) as given,
        'America/New_York' as zone_name,
        cast('2026-11-01 04:59:59' as timestamp) as expected
    union all
    select
        cast('2026-11-01 02:00:00' as timestamp) as given,
        'America/New_York' as zone_name,
        cast('2026-11-01 07:00:00' as timestamp) as expected
    union all
    select
        cast('2026-03-08 02:30:00' as timestamp) as given,
        'America/New_York' as zone_name,
        cast('2026-03-08 07:30:00' as timestamp) as expected
    union all
    select
        cast('2026-10-25 02:30:00' as timestamp) as given,
        'Europe/Berlin' as zone_name,
        cast('2026-10-25 01:30:00' as timestamp) as expected
    union all
    select
        cast('2026-03-29 02:30:00' as timestamp) as given,
        'Europe/Berlin' as zone_name,
        cast('2026-03-29 01:30:00' as timestamp) as expected
    union all
    select
        cast('2018-02-17 23:30:00' as timestamp) as given,
        'America/Sao_Paulo' as zone_name,
        cast('2018-02-18 02:30:00' as timestamp) as expected
    union all
    select
        cast('2018-11-04 00:30:00' as timestamp) as given,
        'America/Sao_Paulo' as zone_name,
        cast('2018-11-04 03:30:00' as timestamp) as expected
    union all
    select
        cast('2026-10-25 02:30:00' as timestamp) as given,
        'Asia/Tokyo' as zone_name,
        cast('2026-10-24 17:30:00' as timestamp) as expected
    union all
    select
        cast('2026-04-05 01:45:00' as timestamp) as given,
        'Australia/Lord_Howe' as zone_name,
        cast('2026-04-04 15:15:00' as timestamp) as expected
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
