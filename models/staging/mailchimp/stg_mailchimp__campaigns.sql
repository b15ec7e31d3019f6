with

source as (

    {{ landed_rows(source('mailchimp', 'campaigns')) }}

),

-- reports that went through a spreadsheet lack the id; what all of them have is told to the minute
described as (

    select
        *,
        md5(concat_ws(
            '|',
            _account,
            coalesce(title, ''),
            coalesce(audience_name, ''),
            cast(date_trunc('minute', sent_at) as string)
        )) as description_id

    from source

),

identified as (

    select
        *,
        max(campaign_id) over (partition by description_id) as known_campaign_id

    from described

),

keyed as (

    select
        *,
        coalesce(known_campaign_id, description_id) as campaign_row_id

    from identified

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['campaign_row_id']) }} as version_rank

    from keyed

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        campaign_row_id,
        known_campaign_id as campaign_id,
        _file_id as file_id,

        -- text
        title as campaign_name,
        subject,
        audience_name,

        -- numbers
        recipient_count,
        delivered_count,
        soft_bounce_count,
        hard_bounce_count,
        forward_count,
        forwarded_open_count,
        open_count,
        unique_open_count,
        click_count,
        unique_click_count,
        unsubscribe_count,
        complaint_count,
        conversion_count,
        open_rate,
        click_rate,
        conversion_value as conversion_value_amount,

        -- timestamps
        sent_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
