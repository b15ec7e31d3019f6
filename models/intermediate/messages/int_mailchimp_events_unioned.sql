with

recipients as (

    select * from {{ ref('stg_mailchimp__recipients') }}

),

activities as (

    select * from {{ ref('stg_mailchimp__activities') }}

),

unsubscribed_members as (

    select * from {{ ref('stg_mailchimp__members') }}
    where unsubscribe_campaign_id is not null and unsubscribed_at is not null

),

campaigns as (

    select * from {{ ref('stg_mailchimp__campaigns') }}
    where campaign_id is not null

),

api_reports as (

    select * from {{ ref('stg_mailchimp__api_reports') }}

),

-- a mail without any activity was sent too, when the campaign was
unioned as (

    select
        recipient_row_id || ':send' as event_id,
        campaign_id,
        subscriber_id,
        file_id,
        'send' as event_kind,
        null as bounce_kind,
        null as link_url,
        cast(null as timestamp) as occurred_at
    from recipients

    union all

    select
        activity_id as event_id,
        campaign_id,
        subscriber_id,
        file_id,
        event_kind,
        bounce_kind,
        link_url,
        occurred_at
    from activities

    union all

    select
        member_id || ':unsubscribe' as event_id,
        unsubscribe_campaign_id as campaign_id,
        subscriber_id,
        file_id,
        'unsubscribe' as event_kind,
        null as bounce_kind,
        null as link_url,
        unsubscribed_at as occurred_at
    from unsubscribed_members

),

-- the report as a file is in the account's time, the API's is not
named as (

    select
        unioned.event_id,
        unioned.campaign_id,
        unioned.subscriber_id,
        unioned.file_id,
        unioned.event_kind,
        unioned.bounce_kind,
        coalesce(api_reports.campaign_name, campaigns.campaign_name) as campaign_name,
        coalesce(api_reports.subject, campaigns.subject) as subject,
        unioned.link_url,
        coalesce(unioned.occurred_at, api_reports.sent_at, campaigns.sent_at) as occurred_at
    from unioned
    left join api_reports on unioned.campaign_id = api_reports.campaign_id
    left join campaigns on unioned.campaign_id = campaigns.campaign_id

),

events as (

    select * from named
    where occurred_at is not null

)

select * from events
