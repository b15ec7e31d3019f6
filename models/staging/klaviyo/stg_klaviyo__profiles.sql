with

source as (

    {{ landed_rows(source('klaviyo', 'profiles')) }}

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
        source as acquisition_source,

        -- booleans
        case
            when coalesce(email_suppressions, '[]') <> '[]' then false
            else {{ has_consented('email_consent') }}
        end as accepts_email,
        {{ has_consented('sms_consent') }} as accepts_sms,

        -- timestamps
        case when coalesce(email_suppressions, '[]') = '[]' then email_consent_at end
            as email_consent_at,
        sms_consent_at,
        last_opened_at,
        last_clicked_at,
        coalesce(created_at, added_at) as created_at,
        coalesce(updated_at, last_active_at) as updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
