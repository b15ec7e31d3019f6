with

list_profiles as (

    select * from {{ ref('stg_klaviyo__profiles') }}

),

api_profiles as (

    select * from {{ ref('stg_klaviyo__api_profiles') }}

),

unioned as (

    select * from api_profiles

    union all

    select * from list_profiles

),

ranked as (

    select
        *,
        row_number() over (
            partition by profile_id
            order by exported_at desc, updated_at desc nulls last, file_id desc
        ) as version_rank

    from unioned

),

current_versions as (

    select
        -- ids
        profile_id,
        email,
        phone,
        external_id,
        file_id,

        -- text
        first_name,
        last_name,
        city,
        region,
        postal_code,
        country,
        country_code,
        locale,
        acquisition_source,

        -- booleans
        accepts_email,
        accepts_sms,

        -- timestamps
        email_consent_at,
        sms_consent_at,
        last_opened_at,
        last_clicked_at,
        created_at,
        updated_at,
        exported_at

    from ranked

    where version_rank = 1

)

select * from current_versions
