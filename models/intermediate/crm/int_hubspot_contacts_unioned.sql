with

lifecycle_stages as (

    select * from {{ ref('hubspot_lifecycle_stages') }}

),

unioned as (

    {% for model in ['stg_hubspot__contacts', 'stg_hubspot__api_contacts'] %}
        {% if not loop.first %}union all{% endif %}
        select
            crm_contact_id,
            email,
            phone,
            company_id,
            merged_contact_ids,
            additional_emails,
            portal,
            file_id,
            first_name,
            last_name,
            company_name,
            job_title,
            city,
            region,
            postal_code,
            country,
            language,
            gender,
            written_stage,
            lead_status,
            owner_name,
            original_source,
            is_unsubscribed,
            is_email_invalid,
            is_archived,
            birth_date,
            created_at,
            updated_at,
            last_activity_at,
            became_qualified_at,
            became_customer_at,
            exported_at
        from {{ ref(model) }}
    {% endfor %}

),

-- a contact of both kinds of export is told by the one exported last
ranked as (

    select
        *,
        row_number() over (
            partition by crm_contact_id
            order by exported_at desc, updated_at desc nulls last, file_id desc
        ) as version_rank
    from unioned

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

contacts as (

    select
        -- ids
        current_versions.crm_contact_id,
        current_versions.email,
        current_versions.phone,
        current_versions.company_id,
        current_versions.merged_contact_ids,
        current_versions.additional_emails,
        current_versions.portal,
        current_versions.file_id,

        -- text
        current_versions.first_name,
        current_versions.last_name,
        current_versions.company_name,
        current_versions.job_title,
        current_versions.city,
        current_versions.region,
        current_versions.postal_code,
        current_versions.country,
        current_versions.language,
        current_versions.gender,
        coalesce(
            lifecycle_stages.lifecycle_stage,
            replace(current_versions.written_stage, ' ', '_')
        ) as lifecycle_stage,
        current_versions.lead_status,
        current_versions.owner_name,
        current_versions.original_source,

        -- booleans
        current_versions.is_unsubscribed,
        current_versions.is_email_invalid,
        current_versions.is_archived,

        -- dates
        current_versions.birth_date,

        -- timestamps
        current_versions.created_at,
        current_versions.updated_at,
        current_versions.last_activity_at,
        current_versions.became_qualified_at,
        current_versions.became_customer_at,
        current_versions.exported_at

    from current_versions
    left join lifecycle_stages
        on current_versions.written_stage = lifecycle_stages.written_stage

)

select * from contacts
