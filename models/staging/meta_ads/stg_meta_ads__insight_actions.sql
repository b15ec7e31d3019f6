with

source as (

    {{ landed_rows(source('meta_ads', 'insight_actions')) }}

),

in_levels as (

    select
        *,
        {{ ad_account_id('account_id') }} as ad_account_id,
        case
            when ad_id is not null then 'ad'
            when ad_set_id is not null then 'ad_group'
            when campaign_id is not null then 'campaign'
            else 'account'
        end as report_level
    from source

),

ranked as (

    select
        *,
        {{ newest_file_rank(of=['ad_account_id', 'report_level', 'day']) }} as version_rank
    from in_levels

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        ad_account_id as account_id,
        campaign_id,
        ad_set_id as ad_group_id,
        ad_id,
        _file_id as file_id,

        -- text
        report_level,
        campaign_name,
        ad_set_name as ad_group_name,
        ad_name,
        action_type,

        -- numbers
        action_count,
        action_count_1d_click,
        action_count_7d_click,
        action_count_28d_click,
        action_count_1d_view,

        -- dates
        day as ad_date,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
