with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

customers as (

    select * from {{ ref('int_customers_unioned') }}

),

leads as (

    select * from {{ ref('stg_marketo__leads') }}

),

profiles as (

    select * from {{ ref('int_klaviyo_profiles_unioned') }}

),

-- a machine that says so is nobody's browser
web_identities as (

    select * from {{ ref('int_web_identities_observed') }}
    where event_count > bot_event_count

),

calling_codes as (

    select * from {{ ref('calling_codes') }}

),

unioned as (

    select
        'order_id' as own_identifier_type,
        order_id as own_identifier,
        cast(null as string) as anonymous_id,
        case when shop = '{{ var("login_shop") }}' then shop_customer_id end as user_id,
        shop || ':' || shop_customer_id as shop_customer_id,
        'orders' as source_system,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        country_code,
        cast(null as string) as language,
        cast(null as string) as gender,
        cast(null as boolean) as accepts_email,
        cast(null as boolean) as accepts_sms,
        cast(null as date) as birth_date,
        cast(null as timestamp) as email_stated_at,
        cast(null as timestamp) as sms_stated_at,
        ordered_at as first_seen_at,
        ordered_at as last_seen_at
    from orders

    union all

    select
        'customer_record_id' as own_identifier_type,
        customer_record_id as own_identifier,
        null as anonymous_id,
        case when shop = '{{ var("login_shop") }}' then shop_customer_id end as user_id,
        shop || ':' || shop_customer_id as shop_customer_id,
        'customers' as source_system,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        country_code,
        language,
        gender,
        accepts_email,
        accepts_sms,
        birth_date,
        coalesce(email_consent_at, updated_at, exported_at) as email_stated_at,
        coalesce(sms_consent_at, updated_at, exported_at) as sms_stated_at,
        created_at as first_seen_at,
        coalesce(updated_at, created_at) as last_seen_at
    from customers

    union all

    -- a lead that has not unsubscribed has not thereby agreed to anything
    select
        'lead_id' as own_identifier_type,
        lead_id as own_identifier,
        null as anonymous_id,
        null as user_id,
        null as shop_customer_id,
        'leads' as source_system,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        country_code,
        null as language,
        lower(gender) as gender,
        case when is_unsubscribed then false end as accepts_email,
        null as accepts_sms,
        birth_date,
        coalesce(updated_at, exported_at) as email_stated_at,
        null as sms_stated_at,
        created_at as first_seen_at,
        coalesce(updated_at, created_at) as last_seen_at
    from leads

    union all

    select
        'profile_id' as own_identifier_type,
        profile_id as own_identifier,
        null as anonymous_id,
        external_id as user_id,
        null as shop_customer_id,
        'profiles' as source_system,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        country_code,
        locale as language,
        null as gender,
        accepts_email,
        accepts_sms,
        null as birth_date,
        coalesce(email_consent_at, updated_at, exported_at) as email_stated_at,
        coalesce(sms_consent_at, updated_at, exported_at) as sms_stated_at,
        created_at as first_seen_at,
        coalesce(updated_at, created_at) as last_seen_at
    from profiles

    union all

    select
        'web_identity_id' as own_identifier_type,
        web_identity_id as own_identifier,
        anonymous_id,
        user_id,
        null as shop_customer_id,
        'web' as source_system,
        email,
        phone,
        null as first_name,
        null as last_name,
        null as city,
        null as region,
        null as country_code,
        null as language,
        null as gender,
        null as accepts_email,
        null as accepts_sms,
        null as birth_date,
        null as email_stated_at,
        null as sms_stated_at,
        first_seen_at,
        last_seen_at
    from web_identities

),

contacts as (

    select
        unioned.own_identifier_type || ':' || unioned.own_identifier as source_record_id,
        unioned.own_identifier_type,
        unioned.own_identifier,
        unioned.anonymous_id,
        unioned.user_id,
        unioned.shop_customer_id,
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
        unioned.country_code,
        unioned.language,
        unioned.gender,
        unioned.accepts_email,
        unioned.accepts_sms,
        unioned.birth_date,
        unioned.email_stated_at,
        unioned.sms_stated_at,
        unioned.first_seen_at,
        unioned.last_seen_at
    from unioned
    left join calling_codes on unioned.country_code = calling_codes.country_code

)

select * from contacts
