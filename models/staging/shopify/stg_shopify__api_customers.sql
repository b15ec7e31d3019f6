with

source as (

    {{ landed_rows(source('shopify', 'api_customers')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['customer_id'], by=['updated_at']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        {{ shop_in_account('shopify') }} || ':customer:' || customer_id as customer_record_id,
        customer_id as shop_customer_id,
        _file_id as file_id,

        -- text
        {{ shop_in_account('shopify') }} as shop,
        {{ normalize_email('email') }} as email,
        coalesce(phone, address_phone) as phone,
        first_name,
        last_name,
        city,
        province as region,
        cast(null as string) as postal_code,
        {{ two_letter_country('country_code') }} as country_code,
        cast(null as string) as language,
        cast(null as string) as gender,
        tags as customer_tags,
        lower(state) as account_state,

        -- booleans
        case
            when email_consent_state is null then accepts_marketing
            when lower(email_consent_state) = 'subscribed' then true
            when lower(email_consent_state) in ('unsubscribed', 'redacted') then false
        end as accepts_email,
        case
            when lower(sms_consent_state) = 'subscribed' then true
            when lower(sms_consent_state) in ('unsubscribed', 'redacted') then false
        end as accepts_sms,

        -- dates
        cast(null as date) as birth_date,

        -- timestamps
        coalesce(email_consent_at, accepts_marketing_at) as email_consent_at,
        sms_consent_at,
        created_at,
        updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
