with

source as (

    {{ landed_rows(source('braze', 'events')) }}

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

-- users.messages.pushnotification.Open is the Open of a pushnotification
typed as (

    select
        *,
        split_part(event_type, '.', 2) as event_family,
        split_part(event_type, '.', 3) as event_subject,
        split_part(event_type, '.', 4) as event_name,
        replace(lower(channel), '_', '') as stated_channel

    from current_versions

),

renamed as (

    select
        -- ids
        event_id,
        user_id,
        external_user_id,
        device_id,
        push_token,
        app_id,
        coalesce(campaign_id, canvas_id) as campaign_id,
        dispatch_id,
        subscription_group_id,
        {{ normalize_email('email') }} as email,
        phone,
        _file_id as file_id,

        -- text
        event_type,
        case
            when event_family <> 'messages' then null
            when event_subject in ('email', 'sms', 'whatsapp') then event_subject
            when event_subject = 'pushnotification' and lower(platform) = 'web' then 'web_push'
            when event_subject = 'pushnotification' then 'app_push'
        end as message_channel,
        case
            when event_family <> 'messages' then null
            when event_name = 'InboundReceive' and lower(inbound_action) = 'unsubscribed'
                then 'unsubscribe'
            when event_name = 'InboundReceive' then 'reply'
            when event_name in ('Send', 'Delivery', 'Open', 'Click', 'Bounce', 'Unsubscribe')
                then lower(event_name)
            when event_name = 'Read' then 'open'
            when event_name = 'ShortLinkClick' then 'click'
            when event_name = 'MarkAsSpam' then 'complaint'
            when event_name in ('SoftBounce', 'DeliveryFailure', 'Rejection', 'Failure')
                then 'bounce'
        end as event_kind,
        case
            when event_name = 'Bounce' then 'hard'
            when event_name = 'SoftBounce' then 'soft'
        end as bounce_kind,
        coalesce(campaign_name, canvas_name) as campaign_name,
        coalesce(canvas_step_name, message_variation_name) as message_name,
        link_url,
        case
            when event_family <> 'behaviors' then null
            when event_subject = 'pushnotification' and lower(platform) = 'web' then 'web_push'
            when event_subject = 'pushnotification' then 'app_push'
            when stated_channel is not null then stated_channel
            when email is not null then 'email'
            when phone is not null then 'sms'
        end as statement_channel,

        -- booleans
        case
            when event_name = 'Open' and lower(machine_open) <> 'false' then true
            when event_name in ('Click', 'ShortLinkClick') then is_suspected_bot_click
        end as is_machine,
        case
            when event_family <> 'behaviors' then null
            when state_change_source in ('Migration', 'User Merge') then null
            when lower(subscription_status) in ('subscribed', 'opted in') then true
            when lower(subscription_status) = 'unsubscribed' then false
            when is_provisionally_opted_in then null
            when token_change in ('add', 'update') and not is_push_disabled then true
            when token_change = 'add' and lower(platform) = 'web' then true
            when token_change = 'update' and is_push_disabled then false
        end as is_consenting,

        -- timestamps
        occurred_at,
        _exported_at as exported_at

    from typed

)

select * from renamed
