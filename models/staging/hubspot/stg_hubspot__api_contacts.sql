with

source as (

    {{ landed_rows(source('hubspot', 'api_contacts')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'contact_id'], by=['updated_at']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        {{ id_in_account('contact_id') }} as crm_contact_id,
        {{ normalize_email(replace_matches('email', '-[0-9]{13}$')) }} as email,
        coalesce(mobile_phone, phone) as phone,
        company_id,
        merged_contact_ids,
        additional_emails,
        _account as portal,
        _file_id as file_id,

        -- text
        first_name,
        last_name,
        company_name,
        job_title,
        city,
        region,
        postal_code,
        country,
        language,
        lower(gender) as gender,
        lower(trim(lifecycle_stage)) as written_stage,
        replace(lower(trim(lead_status)), ' ', '_') as lead_status,
        owner as owner_name,
        replace(lower(trim(original_source)), ' ', '_') as original_source,

        -- booleans
        coalesce({{ says_yes('is_unsubscribed') }}, false) as is_unsubscribed,
        hard_bounce_reason is not null as is_email_invalid,
        coalesce({{ says_yes('is_archived') }}, false) as is_archived,

        -- dates
        birth_date,

        -- timestamps
        created_at,
        updated_at,
        last_activity_at,
        became_qualified_at,
        became_customer_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
