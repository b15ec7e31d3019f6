with

source as (

    {{ landed_rows(source('intercom', 'contacts')) }}

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
        {{ id_in_account('contact_id') }} as contact_id,
        -- a lead's is made up by Intercom
        case when role = 'lead' then null else external_id end as external_id,
        {{ normalize_email('email') }} as email,
        phone,
        _file_id as file_id,

        -- text
        full_name,
        role,
        language,
        custom_attributes,

        -- booleans
        is_unsubscribed,
        has_hard_bounced,
        has_marked_as_spam,

        -- timestamps
        created_at,
        signed_up_at,
        last_seen_at,
        last_replied_at,
        updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
