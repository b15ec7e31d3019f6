with

source as (

    {{ landed_rows(source('mapped', 'customers')) }}

),

identified as (

    select
        *,
        coalesce(shop_customer_id, {{ normalize_email('email') }}, phone) as customer_key
    from source

),

ranked as (

    select
        *,
        min(_first_exported_at) over (partition by shop, customer_key) as first_exported_at,
        {{ newest_row_rank(of=['shop', 'customer_key'], by=['updated_at']) }} as version_rank
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
        shop_customer_id,
        _file_id as file_id,

        -- text
        shop,
        {{ normalize_email('email') }} as email,
        phone,
        first_name,
        last_name,
        city,
        region,
        country,
        {{ two_letter_country('country') }} as country_code,
        language,
        lower(gender) as gender,

        -- booleans
        accepts_email,
        accepts_sms,

        -- dates
        birth_date,

        -- timestamps
        email_consent_at,
        sms_consent_at,
        created_at,
        updated_at,
        first_exported_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
