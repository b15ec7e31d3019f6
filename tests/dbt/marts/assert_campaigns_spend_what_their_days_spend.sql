-- each platform's campaigns add up to its ad days: shown, clicked and spent
with

campaigns as (

    select * from {{ ref('campaigns') }}

),

ad_days as (

    select * from {{ ref('ad_days') }}

),

told as (

    select
        platform,
        account_id,
        impressions,
        clicks,
        spend
    from campaigns

    union all

    select
        platform,
        account_id,
        -impressions as impressions,
        -clicks as clicks,
        -spend as spend
    from ad_days

),

summed as (

    select
        platform,
        account_id,
        sum(impressions) as impression_difference,
        sum(clicks) as click_difference,
        sum(spend) as spend_difference
    from told
    group by platform, account_id

)

select * from summed
where
    coalesce(impression_difference, 0) <> 0
    or coalesce(click_difference, 0) <> 0
    or spend_difference <> 0
