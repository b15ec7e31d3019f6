with

messages as (

    select * from {{ ref('int_messages_aggregated') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

claims as (

    select * from {{ ref('int_message_orders_claimed') }}

),

final as (

    select
        -- ids
        messages.message_id,
        customers.customer_id,
        messages.source_record_id,
        messages.campaign_id,
        claims.order_id as converted_order_id,

        -- text
        messages.source_system,
        messages.channel,
        messages.campaign_name,
        messages.message_name,
        case
            when messages.complaint_count > 0 then 'complained'
            when messages.unsubscribe_count > 0 then 'unsubscribed'
            when claims.order_id is not null then 'converted'
            when messages.click_count + messages.reply_count > 0 then 'clicked'
            when messages.open_count > 0 then 'opened'
            when messages.is_delivered then 'delivered'
            when messages.bounced_at is not null then 'bounced'
            else 'sent'
        end as message_state,

        -- numbers
        messages.event_count,
        messages.send_count,
        messages.delivery_count,
        messages.open_count,
        messages.machine_open_count,
        messages.click_count,
        messages.machine_click_count,
        messages.reply_count,
        messages.bounce_count,
        messages.soft_bounce_count,
        messages.complaint_count,
        messages.unsubscribe_count,
        cast(claims.net_revenue as decimal(18, 2)) as converted_net_revenue,

        -- booleans
        messages.is_delivered,

        -- dates
        {{ business_date('messages.sent_at') }} as sent_date,

        -- timestamps
        messages.sent_at,
        messages.delivered_at,
        messages.opened_at,
        messages.machine_opened_at,
        messages.clicked_at,
        messages.replied_at,
        claims.ordered_at as converted_at,
        messages.bounced_at,
        messages.complained_at,
        messages.unsubscribed_at,
        messages.last_event_at

    from messages
    inner join customers on messages.source_record_id = customers.identifier_key
    left join claims on messages.message_id = claims.message_id

)

select * from final
