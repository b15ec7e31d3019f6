with

contacts as (

    select * from {{ ref('int_hubspot_contacts_unioned') }}

),

merged as (

    select
        crm_contact_id,
        portal,
        {{ exploded('merged_contact_ids', ';') }} as written_alias,
        created_at,
        updated_at
    from contacts

),

-- an id may be followed by the moment of the merge
merged_ids as (

    select
        crm_contact_id,
        'crm_contact_id' as identifier_type,
        nullif(trim(split_part(written_alias, ':', 1)), '') as bare_alias,
        portal,
        created_at,
        updated_at
    from merged

),

addressed as (

    select
        crm_contact_id,
        {{ exploded('additional_emails', ';') }} as written_alias,
        created_at,
        updated_at
    from contacts

),

aliases as (

    select
        'crm_contact_id:' || crm_contact_id as source_record_id,
        identifier_type,
        case when portal = 'default' then bare_alias else portal || ':' || bare_alias end
            as identifier,
        created_at as first_seen_at,
        coalesce(updated_at, created_at) as last_seen_at
    from merged_ids
    where bare_alias is not null

    union all

    select
        'crm_contact_id:' || crm_contact_id as source_record_id,
        'email' as identifier_type,
        {{ normalize_email(replace_matches('written_alias', '-[0-9]{13} *$')) }} as identifier,
        created_at as first_seen_at,
        coalesce(updated_at, created_at) as last_seen_at
    from addressed

),

distinct_aliases as (

    select
        source_record_id,
        identifier_type,
        identifier,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from aliases
    where identifier is not null
    group by source_record_id, identifier_type, identifier

)

select * from distinct_aliases
