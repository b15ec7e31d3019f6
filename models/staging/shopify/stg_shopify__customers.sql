with

source as (

    {{ landed_rows(source('shopify', 'customers')) }}

),

-- exports before 2023 have no customer id
identified as (

    select
        *,
        {{ shop_in_account('shopify') }} as shop,
        coalesce(customer_id, {{ normalize_email('email') }}, phone) as customer_key
    from source

),

ranked as (

    select
        *,
        min(_first_exported_at) over (partition by shop, customer_key) as first_exported_at,
        {{ newest_row_rank(of=['shop', 'customer_key']) }} as version_rank
    from identified
    where customer_key is not null

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        shop || ':customer:' || customer_key as customer_record_id,
        customer_id as shop_customer_id,
        _file_id as file_id,

        -- text
        shop,
        {{ normalize_email('email') }} as email,
        phone,
        first_name,
        last_name,
        city,
        coalesce(province, province_code) as region,
        zip as postal_code,
        {{ two_letter_country('country_code') }} as country_code,
        cast(null as string) as language,
        cast(null as string) as gender,
        tags as customer_tags,

        -- booleans
        accepts_email,
        accepts_sms,

        -- dates
        cast(null as date) as birth_date,

        -- timestamps
        cast(null as timestamp) as email_consent_at,
        cast(null as timestamp) as sms_consent_at,
        cast(null as timestamp) as created_at,
        cast(null as timestamp) as updated_at,
        first_exported_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
