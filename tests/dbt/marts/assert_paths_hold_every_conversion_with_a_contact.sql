-- each conversion that a contact led to took one path, with all it earned
with

journeys as (

    select * from {{ ref('int_journeys') }}

),

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

led_to as (

    select
        conversions.conversion_kind,
        count(*) as conversion_count,
        coalesce(sum(conversions.revenue), 0) as revenue
    from conversions
    inner join journeys on conversions.conversion_number = journeys.conversion_number
    group by conversions.conversion_kind

),

taken as (

    select
        conversion_kind,
        sum(conversion_count) as conversion_count,
        sum(revenue) as revenue
    from {{ ref('conversion_paths') }}
    where conversion_count > 0
    group by conversion_kind

)

select
    coalesce(led_to.conversion_kind, taken.conversion_kind) as conversion_kind,
    led_to.conversion_count,
    taken.conversion_count as taken_count,
    led_to.revenue,
    taken.revenue as taken_revenue
from led_to
full outer join taken on led_to.conversion_kind = taken.conversion_kind
where
    led_to.conversion_count is distinct from taken.conversion_count
    or led_to.revenue is distinct from taken.revenue
