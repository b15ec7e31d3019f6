with

contacts as (

    select * from {{ ref('int_contacts_observed') }}

),

customers as (

    select * from {{ ref('int_customers_unioned') }}

),

api_customers as (

    select * from {{ ref('stg_shopify__api_customers') }}

),

profiles as (

    select * from {{ ref('int_klaviyo_profiles_unioned') }}

),

leads as (

    select * from {{ ref('stg_marketo__leads') }}
    where is_unsubscribed

),

chat_contacts as (

    select * from {{ ref('stg_intercom__contacts') }}
    where is_unsubscribed

),

members as (

    select * from {{ ref('stg_mailchimp__members') }}

),

braze_statements as (

    select
        'messaging_user_id:braze:' || user_id as source_record_id,
        statement_channel,
        is_consenting,
        occurred_at
    from {{ ref('stg_braze__events') }}
    where is_consenting is not null and user_id is not null

),

crm_contacts as (

    select * from {{ ref('int_hubspot_contacts_unioned') }}
    where is_unsubscribed

),

-- a word that stops messages is an unsubscription, and comes with those
asking_again as (

    select * from {{ ref('stg_twilio__messages') }}
    where is_consenting and recipient_id is not null

),

unsubscribe_events as (

    select * from {{ ref('int_message_events_judged') }}
    where event_kind = 'unsubscribe'

),

-- a newer list has no dates: what the API said before it dates a state that is still the same, and
-- shows a refusal that came since
dated_customers as (

    select
        {% for channel in ['email', 'sms'] -%}
            customers.accepts_{{ channel }},
            case
                when customers.{{ channel }}_consent_at is not null
                    then customers.{{ channel }}_consent_at
                when api_customers.accepts_{{ channel }} = customers.accepts_{{ channel }}
                    then api_customers.{{ channel }}_consent_at
                when api_customers.accepts_{{ channel }} and not customers.accepts_{{ channel }}
                    then customers.exported_at
            end as {{ channel }}_consent_at,
        {% endfor -%}
        customers.customer_record_id
    from customers
    left join api_customers
        on customers.customer_record_id = api_customers.customer_record_id

),

-- Klaviyo, Marketo, Mailchimp, HubSpot and Intercom keep a refusal only after someone refused, the
-- latest when the record last changed; a shop's list without a date may mean that nobody was ever
-- asked
stated_in_records as (

    select
        'customer_record_id:' || customer_record_id as source_record_id,
        'email' as channel,
        accepts_email as is_consenting,
        email_consent_at as stated_at
    from dated_customers

    union all

    select
        'customer_record_id:' || customer_record_id as source_record_id,
        'sms' as channel,
        accepts_sms as is_consenting,
        sms_consent_at as stated_at
    from dated_customers

    union all

    select
        'profile_id:' || profile_id as source_record_id,
        'email' as channel,
        accepts_email as is_consenting,
        case
            when accepts_email then email_consent_at
            else coalesce(email_consent_at, updated_at, exported_at)
        end as stated_at
    from profiles

    union all

    select
        'profile_id:' || profile_id as source_record_id,
        'sms' as channel,
        accepts_sms as is_consenting,
        case
            when accepts_sms then sms_consent_at
            else coalesce(sms_consent_at, updated_at, exported_at)
        end as stated_at
    from profiles

    union all

    select
        'lead_id:' || lead_id as source_record_id,
        'email' as channel,
        false as is_consenting,
        coalesce(updated_at, exported_at) as stated_at
    from leads

    union all

    select
        'crm_contact_id:' || crm_contact_id as source_record_id,
        'email' as channel,
        false as is_consenting,
        coalesce(updated_at, exported_at) as stated_at
    from crm_contacts

    union all

    select
        'chat_contact_id:' || contact_id as source_record_id,
        'email' as channel,
        false as is_consenting,
        coalesce(updated_at, exported_at) as stated_at
    from chat_contacts

    union all

    select
        'subscriber_id:' || subscriber_id as source_record_id,
        'email' as channel,
        accepts_email as is_consenting,
        case
            when accepts_email then subscribed_at
            else coalesce(unsubscribed_at, updated_at, exported_at)
        end as stated_at
    from members

    union all

    select
        source_record_id,
        statement_channel as channel,
        is_consenting,
        occurred_at as stated_at
    from braze_statements
    where statement_channel in ('email', 'sms', 'whatsapp', 'web_push', 'app_push')

    union all

    select
        'recipient_id:' || recipient_id as source_record_id,
        channel,
        true as is_consenting,
        sent_at as stated_at
    from asking_again

    union all

    -- a word on push messages as such is one on those of the app and of the browser
    {% for channel in ['app_push', 'web_push'] %}
        select
            source_record_id,
            '{{ channel }}' as channel,
            is_consenting,
            occurred_at as stated_at
        from braze_statements
        where statement_channel = 'push'

        union all
    {% endfor %}

    select
        source_record_id,
        channel,
        false as is_consenting,
        max(occurred_at) as stated_at
    from unsubscribe_events
    group by source_record_id, channel

),

consents as (

    select
        stated_in_records.source_record_id,
        contacts.source_system,
        stated_in_records.channel,
        stated_in_records.is_consenting,
        stated_in_records.stated_at
    from stated_in_records
    inner join contacts on stated_in_records.source_record_id = contacts.source_record_id
    where stated_in_records.is_consenting is not null

)

select * from consents
