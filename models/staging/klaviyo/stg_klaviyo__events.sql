with

source as (

    {{ landed_rows(source('klaviyo', 'events')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['event_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- Klaviyo has one message id for both: a campaign's, unless the event names a flow
attributed as (

    select
        *,
        case when flow_id is null then message_id end as campaign_id,
        coalesce(is_machine_open, false) as is_opened_by_machine

    from current_versions

),

renamed as (

    select
        -- ids
        event_id,
        profile_id,
        metric_id,
        message_id,
        flow_id,
        campaign_id,
        source_event_id,
        _file_id as file_id,

        -- text
        metric_name as metric,
        campaign_name,
        subject,
        link_url,
        event_properties,

        -- numbers
        value_amount,

        -- booleans
        is_opened_by_machine as is_machine_open,

        -- timestamps
        occurred_at,
        _exported_at as exported_at

    from attributed

)

select * from renamed
