{#- int_message_events_judged keeps all of it. -#}
{{ config(materialized='view') }}
{%- set kinds -%}
    'send', 'delivery', 'open', 'click', 'reply', 'bounce', 'complaint', 'unsubscribe'
{%- endset -%}
with

klaviyo_events as (

    select * from {{ ref('int_klaviyo_events_named') }}
    where contact_kind in ({{ kinds }}) and profile_id is not null

),

klaviyo_flows as (

    select * from {{ ref('stg_klaviyo__flows') }}

),

marketo_activities as (

    select * from {{ ref('int_marketo_activities_typed') }}
    where contact_kind in ({{ kinds }}) and contact_channel = 'email'

),

mailchimp_events as (

    select * from {{ ref('int_mailchimp_events_unioned') }}

),

braze_events as (

    select * from {{ ref('stg_braze__events') }}
    where message_channel is not null and event_kind is not null and user_id is not null

),

twilio_events as (

    select * from {{ ref('int_twilio_events_unioned') }}

),

klaviyo_flow_names as (

    select
        flow_id,
        max(flow_name) as flow_name
    from klaviyo_flows
    group by flow_id

),

-- a campaign reaches a person once, a flow may send them the same message again
klaviyo as (

    select
        'klaviyo:' || klaviyo_events.event_id as message_event_id,
        'klaviyo:' || klaviyo_events.profile_id || ':'
        || coalesce(klaviyo_events.flow_send, klaviyo_events.message_id) as message_id,
        'profile_id:' || klaviyo_events.profile_id as source_record_id,
        klaviyo_events.file_id,
        coalesce(klaviyo_events.flow_id, klaviyo_events.campaign_id) as campaign_id,
        'klaviyo' as source_system,
        klaviyo_events.contact_channel as channel,
        klaviyo_events.contact_kind as event_kind,
        klaviyo_events.bounce_kind,
        case
            when klaviyo_events.flow_id is null then klaviyo_events.campaign_name
            else klaviyo_flow_names.flow_name
        end as campaign_name,
        case
            when klaviyo_events.flow_id is null then klaviyo_events.subject
            else klaviyo_events.campaign_name
        end as message_name,
        klaviyo_events.link_url,
        klaviyo_events.is_machine,
        klaviyo_events.occurred_at
    from klaviyo_events
    left join klaviyo_flow_names on klaviyo_events.flow_id = klaviyo_flow_names.flow_id

),

-- the send, the delivery and what follows share the mail and the run of the campaign
marketo as (

    select
        'marketo:' || activity_id as message_event_id,
        'marketo:' || lead_id || ':' || asset_id || ':' || coalesce(campaign_run_id, '')
            as message_id,
        'lead_id:' || lead_id as source_record_id,
        file_id,
        campaign_id,
        'marketo' as source_system,
        contact_channel as channel,
        contact_kind as event_kind,
        bounce_kind,
        split_part(asset_name, '.', 1) as campaign_name,
        nullif(substr(asset_name, length(split_part(asset_name, '.', 1)) + 2), '')
            as message_name,
        link_url,
        case when contact_kind in ('open', 'click') then is_bot end as is_machine,
        occurred_at
    from marketo_activities

),

mailchimp as (

    select
        'mailchimp:' || event_id as message_event_id,
        'mailchimp:' || campaign_id || ':' || subscriber_id as message_id,
        'subscriber_id:' || subscriber_id as source_record_id,
        file_id,
        campaign_id,
        'mailchimp' as source_system,
        'email' as channel,
        event_kind,
        bounce_kind,
        campaign_name,
        subject as message_name,
        link_url,
        cast(null as boolean) as is_machine,
        occurred_at
    from mailchimp_events

),

-- one dispatch may go out on several channels
braze as (

    select
        'braze:' || event_id as message_event_id,
        'braze:' || user_id || ':' || message_channel || ':' || dispatch_id as message_id,
        'messaging_user_id:braze:' || user_id as source_record_id,
        file_id,
        campaign_id,
        'braze' as source_system,
        message_channel as channel,
        event_kind,
        bounce_kind,
        campaign_name,
        message_name,
        link_url,
        is_machine,
        occurred_at
    from braze_events

),

twilio as (

    select
        'twilio:' || event_id as message_event_id,
        'twilio:' || message_sid as message_id,
        'recipient_id:' || recipient_id as source_record_id,
        file_id,
        cast(null as string) as campaign_id,
        'twilio' as source_system,
        channel,
        event_kind,
        bounce_kind,
        cast(null as string) as campaign_name,
        cast(null as string) as message_name,
        cast(null as string) as link_url,
        cast(null as boolean) as is_machine,
        occurred_at
    from twilio_events

),

unioned as (

    select * from klaviyo

    union all

    select * from marketo

    union all

    select * from mailchimp

    union all

    select * from braze

    union all

    select * from twilio

)

select * from unioned
