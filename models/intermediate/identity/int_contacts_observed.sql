with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

customers as (

    select * from {{ ref('int_customers_unioned') }}

),

leads as (

    select * from {{ ref('int_marketo_leads_unioned') }}

),

profiles as (

    select * from {{ ref('int_klaviyo_profiles_unioned') }}

),

-- a machine that says so is nobody's browser
web_identities as (

    select * from {{ ref('int_web_identities_observed') }}
    where event_count > bot_event_count

),

chat_contacts as (

    select * from {{ ref('int_intercom_contacts_completed') }}

),

respondents as (

    select * from {{ ref('int_respondents_unioned') }}

),

attendees as (

    select * from {{ ref('int_eventbrite_attendees_separated') }}

),

crm_contacts as (

    select * from {{ ref('int_hubspot_contacts_unioned') }}

),

message_recipients as (

    select * from {{ ref('int_message_recipients_described') }}

),

countries as (

    select * from {{ ref('countries') }}

),

calling_codes as (

    select * from {{ ref('calling_codes') }}

),

unioned as (

    {{ contacts_of('orders', 'order_id', 'orders', {
        'user_id': 'case when ' ~ is_login_shop('shop') ~ ' then shop_customer_id end',
        'shop_customer_id': "shop || ':' || shop_customer_id",
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'city': 'city',
        'region': 'region',
        'postal_code': 'postal_code',
        'country_code': 'country_code',
        'first_seen_at': 'ordered_at',
        'last_seen_at': 'ordered_at',
    }) }}

    union all

    {{ contacts_of('customers', 'customer_record_id', 'customers', {
        'user_id': 'case when ' ~ is_login_shop('shop') ~ ' then shop_customer_id end',
        'shop_customer_id': "shop || ':' || shop_customer_id",
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'city': 'city',
        'region': 'region',
        'postal_code': 'postal_code',
        'country_code': 'country_code',
        'language': 'language',
        'gender': 'gender',
        'birth_date': 'birth_date',
        'first_seen_at': 'created_at',
        'last_seen_at': 'coalesce(updated_at, created_at)',
    }) }}

    union all

    {{ contacts_of('leads', 'lead_id', 'leads', {
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'city': 'city',
        'region': 'region',
        'postal_code': 'postal_code',
        'country': 'country',
        'country_code': 'country_code',
        'gender': 'lower(gender)',
        'birth_date': 'birth_date',
        'first_seen_at': 'created_at',
        'last_seen_at': 'coalesce(updated_at, created_at)',
    }) }}

    union all

    {{ contacts_of('profiles', 'profile_id', 'profiles', {
        'user_id': 'external_id',
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'city': 'city',
        'region': 'region',
        'postal_code': 'postal_code',
        'country': 'country',
        'country_code': 'country_code',
        'language': 'locale',
        'first_seen_at': 'created_at',
        'last_seen_at': 'coalesce(updated_at, created_at)',
    }) }}

    union all

    {{ contacts_of('web_identities', 'web_identity_id', 'web', {
        'anonymous_id': 'anonymous_id',
        'user_id': 'user_id',
        'device_id': 'device_id',
        'push_token': 'push_token',
        'email': 'email',
        'phone': 'phone',
        'first_seen_at': 'first_seen_at',
        'last_seen_at': 'last_seen_at',
    }) }}

    union all

    {{ contacts_of('attendees', 'attendee_id', 'attendees', {
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'city': 'city',
        'region': 'region',
        'country': 'country',
        'gender': 'gender',
        'birth_date': 'birth_date',
        'first_seen_at': 'registered_at',
        'last_seen_at': 'coalesce(checked_in_at, registered_at)',
    }) }}

    union all

    {{ contacts_of('crm_contacts', 'crm_contact_id', 'crm', {
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'city': 'city',
        'region': 'region',
        'postal_code': 'postal_code',
        'country': 'country',
        'language': 'language',
        'gender': 'gender',
        'birth_date': 'birth_date',
        'first_seen_at': 'created_at',
        'last_seen_at': 'coalesce(updated_at, created_at)',
    }) }}

    union all

    {{ contacts_of('chat_contacts', 'chat_contact_id', 'chat', {
        'user_id': 'user_id',
        'email': 'email',
        'phone': 'phone',
        'first_name': given_name('full_name'),
        'last_name': family_name('full_name'),
        'language': 'language',
        'first_seen_at': 'first_seen_at',
        'last_seen_at': 'last_seen_at',
    }) }}

    union all

    {{ contacts_of('respondents', 'respondent_id', 'surveys', {
        'user_id': 'user_id',
        'email': 'email',
        'phone': 'phone',
        'first_name': 'first_name',
        'last_name': 'last_name',
        'first_seen_at': 'first_seen_at',
        'last_seen_at': 'last_seen_at',
    }) }}

    union all

    select
        own_identifier_type,
        own_identifier,
        source_system,
        {{ contact_columns() | join(',\n        ') }}
    from message_recipients

),

written_countries as (

    select
        country_code,
        lower(country_name) as written_country
    from countries

    union

    select
        country_code,
        lower(country_code) as written_country
    from countries

),

contacts as (

    select
        unioned.own_identifier_type || ':' || unioned.own_identifier as source_record_id,
        unioned.own_identifier_type,
        unioned.own_identifier,
        unioned.anonymous_id,
        unioned.user_id,
        unioned.shop_customer_id,
        unioned.device_id,
        unioned.push_token,
        unioned.loyalty_card,
        unioned.source_system,
        {{ normalize_email('unioned.email') }} as email,
        {{ normalize_phone(
            'unioned.phone',
            'calling_codes.calling_code',
            'calling_codes.trunk_prefix',
            'calling_codes.longest_number_digits'
        ) }} as phone,
        unioned.first_name,
        unioned.last_name,
        unioned.city,
        unioned.region,
        unioned.postal_code,
        written_countries.country_code,
        unioned.language,
        unioned.gender,
        unioned.birth_date,
        unioned.first_seen_at,
        unioned.last_seen_at
    from unioned
    left join written_countries
        on lower(trim(coalesce(unioned.country_code, unioned.country)))
        = written_countries.written_country
    left join calling_codes on written_countries.country_code = calling_codes.country_code

)

select * from contacts
