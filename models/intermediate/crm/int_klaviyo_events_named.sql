with

events as (

    select * from {{ ref('stg_klaviyo__events') }}

),

metrics as (

    select * from {{ ref('stg_klaviyo__metrics') }}

),

known_metrics as (

    select * from {{ ref('klaviyo_metrics') }}

),

events_named as (

    select
        events.*,
        coalesce(events.metric, metrics.metric) as metric_found,
        case
            when events.flow_id is not null
                then {{ json_text(
                    'events.event_properties', '$."$_cohort$message_send_cohort"'
                ) }}
        end as flow_send

    from events

    left join metrics
        on events.metric_id = metrics.metric_id

),

final as (

    select
        -- ids
        events_named.event_id,
        events_named.profile_id,
        events_named.metric_id,
        events_named.message_id,
        events_named.flow_id,
        events_named.campaign_id,
        events_named.source_event_id,
        events_named.file_id,

        -- text
        events_named.metric_found as metric,
        known_metrics.contact_kind,
        known_metrics.contact_channel,
        events_named.flow_send,
        case
            when known_metrics.contact_kind = 'bounce'
                then lower({{ json_text('events_named.event_properties', '$."Bounce Type"') }})
        end as bounce_kind,
        events_named.campaign_name,
        events_named.subject,
        events_named.link_url,

        -- numbers
        events_named.value_amount,

        -- booleans
        case known_metrics.contact_kind
            when 'open' then events_named.is_machine_open
            when 'click'
                then coalesce(
                    lower({{ json_text('events_named.event_properties', '$."Bot Click"') }})
                    = 'true',
                    false
                )
        end as is_machine,

        -- timestamps
        events_named.occurred_at,
        events_named.exported_at

    from events_named

    left join known_metrics
        on events_named.metric_found = known_metrics.metric

)

select * from final
