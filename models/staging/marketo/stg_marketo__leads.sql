with

source as (

    {{ landed_rows(source('marketo', 'leads')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'lead_id'], by=['updated_at']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        {{ id_in_account('lead_id') }} as lead_id,
        {{ normalize_email('email') }} as email,
        coalesce(mobile_phone, phone) as phone,
        acquisition_program_id,
        cookies as web_cookies,
        _file_id as file_id,

        -- text
        first_name,
        last_name,
        company,
        job_title,
        city,
        region,
        postal_code,
        country,
        {{ two_letter_country('country') }} as country_code,
        gender,
        lead_status,
        lead_source,
        original_source_type,
        original_source_info,
        original_referrer,

        -- numbers
        lead_score,

        -- booleans
        is_unsubscribed,
        is_email_invalid,
        is_do_not_call,
        is_block_listed,
        is_anonymous,

        -- dates
        birth_date,

        -- timestamps
        created_at,
        updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
