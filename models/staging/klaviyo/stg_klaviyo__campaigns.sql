with

source as (

    {{ landed_rows(source('klaviyo', 'campaigns')) }}

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

cleaned as (

    select
        *,
        nullif(subject, '[MULTIPLE VARIATIONS]') as one_subject,
        lower(channel) as channel_name,
        coalesce(subject = '[MULTIPLE VARIATIONS]', false) as has_variations

    from current_versions

),

renamed as (

    select
        -- ids
        campaign_id,
        _file_id as file_id,

        -- text
        campaign_name,
        one_subject as subject,
        channel_name as channel,
        audience_names,
        tags,

        -- numbers
        recipient_count,
        delivered_count,
        bounce_count,
        open_count,
        unique_open_count,
        apple_privacy_open_count,
        unique_apple_privacy_open_count,
        click_count,
        unique_click_count,
        unsubscribe_count,
        spam_complaint_count,
        conversion_count,
        open_rate,
        click_rate,
        conversion_rate,
        conversion_value as conversion_value_amount,

        -- booleans
        has_variations,

        -- timestamps
        sent_at,
        _exported_at as exported_at

    from cleaned

)

select * from renamed
