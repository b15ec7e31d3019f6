-- what campaigns cost and were credited by month is what all ads cost and all paid channels earned
with

ad_days as (

    select * from {{ ref('ad_days') }}

),

channels as (

    select * from {{ ref('channels') }}
    where is_paid

),

credited as (

    select * from {{ ref('attribution_channels') }}
    where
        attribution_model = '{{ var("attribution_model") }}'
        and conversion_kind = '{{ var("attribution_conversion_kind") }}'

),

reconciled as (

    select
        coalesce(sum(spend), 0) as spend,
        coalesce(sum(platform_conversions), 0) as platform_conversions,
        coalesce(sum(attributed_conversions), 0) as conversion_count,
        coalesce(sum(attributed_revenue), 0) as revenue
    from {{ ref('attribution_reconciliation') }}

),

spent as (

    select
        coalesce(sum(spend), 0) as spend,
        coalesce(sum(platform_conversions), 0) as platform_conversions
    from ad_days

),

earned as (

    select
        coalesce(sum(credited.conversion_count), 0) as conversion_count,
        coalesce(sum(credited.revenue), 0) as revenue
    from credited
    inner join channels on credited.channel = channels.channel

)

select
    reconciled.spend,
    spent.spend as ad_spend,
    reconciled.platform_conversions,
    spent.platform_conversions as claimed_conversions,
    reconciled.conversion_count,
    earned.conversion_count as credited_conversion_count,
    reconciled.revenue,
    earned.revenue as credited_revenue
from reconciled
cross join spent
cross join earned
where
    reconciled.spend <> spent.spend
    or reconciled.platform_conversions <> spent.platform_conversions
    or reconciled.conversion_count <> earned.conversion_count
    or reconciled.revenue <> earned.revenue
