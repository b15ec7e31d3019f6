with

source as (

    {{ landed_rows(source('google_ads', 'clicks')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['gclid']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        gclid,
        coalesce(customer_id, _account) as account_id,
        campaign_id,
        ad_group_id,
        split_part(ad, '~', 2) as ad_id,
        _file_id as file_id,

        -- text
        campaign_name,
        ad_group_name,
        keyword,
        lower(match_type) as match_type,
        lower(device) as device,
        lower(click_type) as click_type,

        -- dates
        clicked_on,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
