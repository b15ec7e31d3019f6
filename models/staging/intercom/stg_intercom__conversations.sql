with

source as (

    {{ landed_rows(source('intercom', 'conversations')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'conversation_id'], by=['updated_at']) }}
            as version_rank

    from source

),

-- the API gives a list object, its older versions a bare array
current_versions as (

    select
        *,
        author_type in ('user', 'lead', 'contact') as is_started_by_customer,
        coalesce(
            {{ json_text('contacts', '$.contacts[0].id') }},
            {{ json_text('contacts', '$[0].id') }}
        ) as first_contact_id
    from ranked
    where version_rank = 1

),

-- a deleted contact leaves a conversation with nobody, who is then somebody of its own
attributed as (

    select
        *,
        coalesce(
            case when is_started_by_customer then author_id end,
            first_contact_id,
            'conversation-' || conversation_id
        ) as contact_id_found
    from current_versions

),

renamed as (

    select
        -- ids
        {{ id_in_account('conversation_id') }} as conversation_id,
        {{ id_in_account('contact_id_found') }} as contact_id,
        _file_id as file_id,

        -- text
        case
            when is_started_by_customer then {{ normalize_email('author_email') }}
        end as contact_email,
        case when is_started_by_customer then 'customer' else 'company' end as started_by,
        source_type,
        delivered_as,
        page_url,
        state,
        tags,

        -- numbers
        rating,
        part_count,
        reopen_count,
        seconds_to_reply,

        -- timestamps
        created_at as started_at,
        first_admin_reply_at,
        last_contact_reply_at,
        last_admin_reply_at,
        last_closed_at,
        rated_at,
        updated_at,
        _exported_at as exported_at

    from attributed

)

select * from renamed
