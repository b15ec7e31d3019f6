with

source as (

    {{ landed_rows(source('klaviyo', 'flows')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['flow_id', 'message_id', 'channel', 'status', 'period']) }}
            as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- the report's three layouts write 2025-08-31, 08/2025, or May 01 2025 - May 31 2025
periods_split as (

    select
        *,
        try_cast({{ first_match('period', '^([0-9]{4}-[0-9]{2}-[0-9]{2})') }} as date) as one_day,
        try_cast(
            {{ first_match('period', '^[0-9]{1,2}/([0-9]{4})$') }}
            || '-' || lpad({{ first_match('period', '^([0-9]{1,2})/[0-9]{4}$') }}, 2, '0')
            || '-01' as date
        ) as month_start_date,
        {{ written_day("trim(split_part(period, ' - ', 1))") }} as range_start_date,
        {{ written_day("trim(split_part(period, ' - ', 2))") }} as range_end_date

    from current_versions

),

periods_dated as (

    select
        *,
        flow_id || ':' || coalesce(message_id, '') || ':' || coalesce(channel, '')
        || ':' || coalesce(status, '') || ':' || period as flow_period_id,
        lower(channel) as channel_name,
        lower(status) as flow_status,
        coalesce(one_day, month_start_date, range_start_date) as period_start_date,
        coalesce(one_day, last_day(month_start_date), range_end_date, range_start_date)
            as period_end_date

    from periods_split

),

renamed as (

    select
        -- ids
        flow_period_id,
        flow_id,
        message_id,
        _file_id as file_id,

        -- text
        flow_name,
        message_name,
        channel_name as channel,
        flow_status,
        period as period_text,
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

        -- dates
        period_start_date,
        period_end_date,

        -- timestamps
        _exported_at as exported_at

    from periods_dated

)

select * from renamed
