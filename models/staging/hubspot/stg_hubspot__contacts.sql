with

source as (

    {{ landed_rows(source('hubspot', 'contacts')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'contact_id'], by=['last_modified_time']) }}
            as version_rank
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
        coalesce(company_id, nullif(trim(split_part(company_ids, ';', 1)), '')) as company_id,
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
        coalesce({{ says_yes('is_unsubscribed') }}, false)
        or coalesce({{ says_yes('is_opted_out_of_marketing') }}, false) as is_unsubscribed,
        hard_bounce_reason is not null as is_email_invalid,
        false as is_archived,

        -- dates
        birth_date,

        -- timestamps
        {{ utc_from_local('create_time', business_timezone()) }} as created_at,
        {{ utc_from_local('last_modified_time', business_timezone()) }} as updated_at,
        {{ utc_from_local('last_activity_time', business_timezone()) }} as last_activity_at,
        {{ utc_from_local('became_qualified_time', business_timezone()) }} as became_qualified_at,
        {{ utc_from_local('became_customer_time', business_timezone()) }} as became_customer_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
