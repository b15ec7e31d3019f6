with

intercom_conversations as (

    select * from {{ ref('int_intercom_conversations_counted') }}

),

conversations as (

    select
        'intercom:' || conversation_id as conversation_id,
        'chat_contact_id:' || contact_id as source_record_id,
        'intercom' as source_system,
        started_by,
        customer_message_count,
        reply_count,
        rating,
        is_complaint,
        started_at,
        first_reply_at,
        last_message_at
    from intercom_conversations

)

select * from conversations
