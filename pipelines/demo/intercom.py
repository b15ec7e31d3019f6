"""Intercom: everybody who chatted, and the conversations that changed since the last export."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, write_json_lines
from pipelines.demo.world import World

CONTACTS = """
select
    'contact' as type,
    contact_id as id,
    'ecahpwf5' as workspace_id,
    coalesce(cast(external_id as varchar), uuid_of('lead', person_no, 0)) as external_id,
    if(is_user, 'user', 'lead') as role,
    email,
    phone,
    phone as formatted_phone,
    full_name as name,
    is_unsubscribed as unsubscribed_from_emails,
    false as has_hard_bounced,
    false as marked_email_as_spam,
    language as browser_language,
    epoch_ms(created_at) // 1000 as created_at,
    epoch_ms(least(coalesce(last_part_at, created_at), getvariable('night'))) // 1000
        as updated_at,
    epoch_ms(last_part_at) // 1000 as last_replied_at,
    {'type': 'list', 'data': []} as tags,
    map() as custom_attributes
from chat_contacts
left join (
    select author_id as contact_id, max(occurred_at) as last_part_at
    from chat_parts where occurred_at < getvariable('night') group by author_id
) as last_parts using (contact_id)
where created_at < getvariable('night') and not is_forgotten
order by created_at, contact_id
"""

# A list of conversations holds no parts; one asked for by its id does
CONVERSATIONS = """
with known_parts as (
    select * from chat_parts where occurred_at < getvariable('night')
),
parts as (
    select
        conversation_id,
        count(*) as part_count,
        min(occurred_at) filter (where author_type = 'admin' and part_type = 'comment')
            as first_reply_at,
        max(occurred_at) filter (where author_type = 'admin' and part_type = 'comment')
            as last_reply_at,
        max(occurred_at) filter (where author_type in ('user', 'lead')) as last_contact_at,
        max(occurred_at) filter (where part_type = 'close') as closed_at,
        max(occurred_at) as changed_at,
        list({
            'type': 'conversation_part',
            'id': part_id,
            'part_type': part_type,
            'body': if(part_type in ('comment', 'note', 'open'), '<p>…</p>', null),
            'created_at': epoch_ms(occurred_at) // 1000,
            'author': {'type': author_type, 'id': author_id}
        } order by occurred_at, part_no) as listed
    from known_parts group by conversation_id
),
known as (
    select
        chats.*,
        parts.* exclude (conversation_id),
        chat_contacts.email,
        coalesce(is_rated and closed_at is not null, false) as has_rating,
        if(chats.is_user, 'user', 'lead') as contact_type
    from chats
    inner join parts on parts.conversation_id = chats.conversation_id
    inner join chat_contacts on chat_contacts.contact_id = chats.contact_id
    where chats.started_at < getvariable('night')
      and coalesce(parts.changed_at, chats.started_at)
        >= getvariable('previous_night') - interval 1 day
)
select
    'conversation' as type,
    conversation_id as id,
    epoch_ms(started_at) // 1000 as created_at,
    epoch_ms(changed_at) // 1000 as updated_at,
    {
        'type': 'conversation',
        'id': concat('s', conversation_id),
        'delivered_as': if(started_by = 'customer', 'customer_initiated', 'automated'),
        'subject': '',
        'body': '<p>…</p>',
        'author': if(
            started_by = 'customer',
            {'type': contact_type, 'id': contact_id, 'email': email},
            {'type': 'bot', 'id': '840', 'email': null}
        ),
        'url': 'https://shop.example.com/collections/all'
    } as source,
    {
        'type': 'contact.list',
        'contacts': [{'type': 'contact', 'id': contact_id}]
    } as contacts,
    if(closed_at is null, 'open', 'closed') as state,
    {
        'type': 'tag.list',
        'tags': if(is_complaint, [{'type': 'tag', 'id': '7', 'name': 'refund'}], [])
    } as tags,
    if(has_rating, {
        'rating': drawn_rating,
        'remark': null,
        'created_at': epoch_ms(closed_at) // 1000 + 20
    }, null) as conversation_rating,
    {
        'type': 'conversation_statistics',
        'time_to_admin_reply': if(first_reply_at is null, null, reply_seconds),
        'first_admin_reply_at': epoch_ms(first_reply_at) // 1000,
        'last_admin_reply_at': epoch_ms(last_reply_at) // 1000,
        'last_contact_reply_at': epoch_ms(last_contact_at) // 1000,
        'last_close_at': epoch_ms(closed_at) // 1000,
        'count_reopens': 0,
        'count_conversation_parts': part_count
    } as statistics,
    $parts
from known
order by started_at, conversation_id
"""
PARTS = """{
        'type': 'conversation_part.list', 'conversation_parts': listed, 'total_count': part_count
    } as conversation_parts"""
NO_PARTS = "false as read"


def write_intercom(world: World, outbox: Outbox, night: date) -> None:
    """All contacts but the forgotten; conversations with their parts, and once as a list."""
    is_list = world.settings.nights.index(night) == 1
    conversations = CONVERSATIONS.replace("$parts", NO_PARTS if is_list else PARTS)
    if is_list:
        conversations = (
            "select 'conversation.list' as type, count(*) as total_count,"
            " list(listed order by created_at, id) as conversations"
            f" from ({conversations}) as listed having count(*) > 0"
        )
    for name, sql in (("contacts.jsonl", CONTACTS), ("conversations.jsonl", conversations)):
        if world.count(f"({sql})") > 0:
            path = outbox.path("intercom", "", night, name)
            write_json_lines(world, sql, path)
            outbox.done(path)
