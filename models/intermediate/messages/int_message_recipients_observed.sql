{%- set shareable = ['device_id', 'push_token'] -%}
with

mailchimp_members as (

    select * from {{ ref('stg_mailchimp__members') }}

),

-- whoever a campaign was sent to, also when no audience was exported with them in it
mailchimp_recipients as (

    select distinct
        subscriber_id,
        email
    from {{ ref('stg_mailchimp__recipients') }}

),

braze_users as (

    select
        'braze:' || user_id as messaging_user_id,
        external_user_id,
        device_id,
        push_token,
        email,
        phone,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at
    from {{ ref('stg_braze__events') }}
    where user_id is not null
    group by user_id, external_user_id, device_id, push_token, email, phone

),

twilio_recipients as (

    select
        recipient_id,
        phone,
        min(sent_at) as first_seen_at,
        max(sent_at) as last_seen_at
    from {{ ref('stg_twilio__messages') }}
    where recipient_id is not null
    group by recipient_id, phone

),

unioned as (

    {{ contacts_of('mailchimp_members', 'subscriber_id', 'subscribers', {
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'country_code': 'country_code',
        'first_seen_at': 'subscribed_at',
        'last_seen_at': 'coalesce(updated_at, unsubscribed_at, subscribed_at)',
    }) }}

    union all

    {{ contacts_of('mailchimp_recipients', 'subscriber_id', 'subscribers', {
        'email': 'email',
    }) }}

    union all

    {{ contacts_of('braze_users', 'messaging_user_id', 'messaging', {
        'user_id': 'external_user_id',
        'device_id': 'device_id',
        'push_token': 'push_token',
        'email': 'email',
        'phone': 'phone',
        'first_seen_at': 'first_seen_at',
        'last_seen_at': 'last_seen_at',
    }) }}

    union all

    {{ contacts_of('twilio_recipients', 'recipient_id', 'recipients', {
        'phone': 'phone',
        'first_seen_at': 'first_seen_at',
        'last_seen_at': 'last_seen_at',
    }) }}

),

{% for column in shareable %}
    shared_{{ column }}s as (

        select {{ column }}
        from unioned
        where {{ column }} is not null
        group by {{ column }}
        having count(distinct user_id) > 1

    ),
{% endfor %}

-- what two people signed in on tells neither of them
recipients as (

    select
        unioned.own_identifier_type,
        unioned.own_identifier,
        {% for column in contact_columns() if column not in shareable %}
            unioned.{{ column }},
        {% endfor %}
        {% for column in shareable %}
            case
                when shared_{{ column }}s.{{ column }} is null then unioned.{{ column }}
            end as {{ column }},
        {% endfor %}
        unioned.source_system
    from unioned
    {% for column in shareable %}
        left join shared_{{ column }}s
            on unioned.{{ column }} = shared_{{ column }}s.{{ column }}
    {% endfor %}

)

select * from recipients
