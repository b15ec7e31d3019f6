with

contacts as (

    select * from {{ ref('stg_intercom__contacts') }}

),

conversations as (

    select * from {{ ref('stg_intercom__conversations') }}

),

-- a conversation may be told of before, or without, its contact
sightings as (

    select
        contact_id,
        external_id as user_id,
        email,
        phone,
        '' as conversation_id,
        full_name,
        language,
        true as is_listed,
        created_at as seen_from,
        coalesce(last_seen_at, last_replied_at, created_at) as seen_until
    from contacts

    union all

    select
        contact_id,
        null as user_id,
        contact_email as email,
        null as phone,
        conversation_id,
        null as full_name,
        null as language,
        false as is_listed,
        started_at as seen_from,
        coalesce(last_contact_reply_at, started_at) as seen_until
    from conversations

),

ranked as (

    select
        contact_id,
        user_id,
        email,
        phone,
        full_name,
        language,
        row_number() over (
            partition by contact_id
            order by is_listed desc, email is not null desc, seen_until desc, conversation_id asc
        ) as sighting_rank,
        min(seen_from) over (partition by contact_id) as first_seen_at,
        max(seen_until) over (partition by contact_id) as last_seen_at
    from sightings

),

completed as (

    select
        contact_id as chat_contact_id,
        user_id,
        email,
        phone,
        full_name,
        language,
        first_seen_at,
        last_seen_at
    from ranked
    where sighting_rank = 1

)

select * from completed
