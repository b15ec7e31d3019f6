-- Which messages earn orders, and which burn the list?
-- Orders and revenue are what clicks on the message claim, an order once for each campaign that
-- claims it. Set them against refusals (unsubscribed or marked as spam): a campaign with more
-- refusals than orders for a thousand deliveries uses up the people it is sent to.
with

messages as (

    select * from {{ ref('messages') }}

),

-- several messages of one campaign may claim one order
claims as (

    select distinct
        channel,
        coalesce(campaign_name, '(none)') as campaign_name,
        converted_order_id,
        converted_net_revenue
    from messages
    where converted_order_id is not null

),

claims_by_campaign as (

    select
        channel,
        campaign_name,
        count(*) as order_count,
        sum(converted_net_revenue) as net_revenue
    from claims
    group by channel, campaign_name

),

messages_by_campaign as (

    select
        channel,
        coalesce(campaign_name, '(none)') as campaign_name,
        count(*) filter (where is_delivered) as delivered_count,
        count(*) filter (where is_delivered and open_count > 0) as opened_count,
        count(*) filter (where is_delivered and click_count > 0) as clicked_count,
        count(*) filter (where unsubscribe_count + complaint_count > 0) as refused_count
    from messages
    group by channel, coalesce(campaign_name, '(none)')

),

final as (

    select
        messages_by_campaign.channel,
        messages_by_campaign.campaign_name,
        messages_by_campaign.delivered_count,
        {{ ratio('messages_by_campaign.opened_count', 'messages_by_campaign.delivered_count', 4) }}
            as open_rate,
        {{ ratio('messages_by_campaign.clicked_count', 'messages_by_campaign.delivered_count', 4) }}
            as click_rate,
        coalesce(claims_by_campaign.order_count, 0) as order_count,
        coalesce(claims_by_campaign.net_revenue, 0) as net_revenue,
        messages_by_campaign.refused_count,
        {{ ratio('1000 * coalesce(claims_by_campaign.order_count, 0)',
            'messages_by_campaign.delivered_count', 1) }} as orders_per_thousand,
        {{ ratio('1000 * messages_by_campaign.refused_count',
            'messages_by_campaign.delivered_count', 1) }} as refusals_per_thousand
    from messages_by_campaign
    left join claims_by_campaign
        on messages_by_campaign.channel = claims_by_campaign.channel
        and messages_by_campaign.campaign_name = claims_by_campaign.campaign_name

)

select * from final
order by net_revenue desc, delivered_count desc, channel asc, campaign_name asc
