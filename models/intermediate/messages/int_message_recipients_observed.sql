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

recipients as (

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

)

select * from recipients
