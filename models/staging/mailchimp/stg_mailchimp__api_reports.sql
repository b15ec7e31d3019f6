with

source as (

    {{ landed_rows(source('mailchimp', 'api_reports')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['campaign_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        campaign_id,
        audience_id,
        _file_id as file_id,

        -- text
        title as campaign_name,
        subject,
        audience_name,

        -- numbers
        recipient_count,
        soft_bounce_count,
        hard_bounce_count,
        open_count,
        unique_open_count,
        human_open_count,
        unique_human_open_count,
        click_count,
        unique_click_count,
        unsubscribe_count,
        complaint_count,

        -- timestamps
        sent_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
