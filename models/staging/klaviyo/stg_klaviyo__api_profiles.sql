with

source as (

    {{ landed_rows(source('klaviyo', 'api_profiles')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['profile_id'], by=['updated_at']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        profile_id,
        {{ normalize_email('email') }} as email,
        phone,
        external_id,
        _file_id as file_id,

        -- text
        first_name,
        last_name,
        city,
        region,
        postal_code,
        country,
        {{ two_letter_country('country') }} as country_code,
        locale,
        {{ json_text('properties', '$."$source"') }} as acquisition_source,

        -- booleans
        case
            when not can_receive_email then false
            else {{ has_consented('email_consent') }}
        end as accepts_email,
        case
            when {{ has_consented('sms_consent') }} then coalesce(can_receive_sms, true)
            else {{ has_consented('sms_consent') }}
        end as accepts_sms,

        -- timestamps
        case when coalesce(can_receive_email, true) then email_consent_at end as email_consent_at,
        sms_consent_at,
        cast(null as timestamp) as last_opened_at,
        cast(null as timestamp) as last_clicked_at,
        created_at,
        updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
