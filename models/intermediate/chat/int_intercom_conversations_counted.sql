with

conversations as (

    select * from {{ ref('stg_intercom__conversations') }}

),

parts as (

    select * from {{ ref('stg_intercom__conversation_parts') }}

),

complaint_tags as (

    select * from {{ ref('complaint_tags') }}

),

parts_by_conversation as (

    select
        conversation_id,
        count(*) filter (where is_message and written_by = 'customer') as customer_message_count,
        count(*) filter (where is_message and written_by = 'team') as reply_count,
        min(occurred_at) filter (where is_message and written_by = 'team') as first_reply_at,
        max(occurred_at) filter (where is_message) as last_message_at
    from parts
    group by conversation_id

),

-- in the array that the tags come in, a tag is what stands between two quotes
complaints as (

    select distinct conversations.conversation_id
    from conversations
    inner join complaint_tags
        on instr(lower(conversations.tags), '"' || complaint_tags.tag || '"') > 0

),

-- a list of conversations comes without parts: then nobody knows how many messages there were,
-- unless the statistics say that nothing followed
counted as (

    select
        conversations.conversation_id,
        conversations.contact_id,
        conversations.started_by,
        case
            when parts_by_conversation.conversation_id is not null or conversations.part_count = 0
                then
                    coalesce(parts_by_conversation.customer_message_count, 0)
                    + case when conversations.started_by = 'customer' then 1 else 0 end
        end as customer_message_count,
        case
            when parts_by_conversation.conversation_id is not null
                then parts_by_conversation.reply_count
            when conversations.part_count = 0 then 0
        end as reply_count,
        conversations.rating,
        case
            when conversations.tags is not null then complaints.conversation_id is not null
        end as is_complaint,
        conversations.started_at,
        coalesce(parts_by_conversation.first_reply_at, conversations.first_admin_reply_at)
            as first_reply_at,
        greatest(
            conversations.started_at,
            coalesce(parts_by_conversation.last_message_at, conversations.started_at),
            coalesce(conversations.last_contact_reply_at, conversations.started_at),
            coalesce(conversations.last_admin_reply_at, conversations.started_at)
        ) as last_message_at
    from conversations
    left join parts_by_conversation
        on conversations.conversation_id = parts_by_conversation.conversation_id
    left join complaints on conversations.conversation_id = complaints.conversation_id

)

select * from counted
