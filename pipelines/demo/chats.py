"""Who talks to the shop's staff: during a visit, or when something is wrong with an order."""

from __future__ import annotations

from pipelines.demo.world import World

# The messenger knows who is signed in as a user; everybody else is a lead, named or not
CHATS = """
create table chats as
with begun as (
    select
        concat('2', visit_id) as conversation_id,
        visit_id as chat_no,
        person_no,
        occurred_at + to_seconds(20 + dice('chat starts', visit_id, 0, 300)) as started_at,
        'customer' as started_by,
        false as is_complaint
    from visit_outcomes
    where happens('chats', visit_id, 0, 30)
    union all
    select
        concat('3', order_no), order_no, person_no,
        ordered_at + to_seconds(86400 + dice('asks about order', order_no, 0, 300000)),
        'customer', refund_kind is not null
    from orders
    where kind = 'web' and happens('asks', order_no, 0, if(refund_kind is null, 40, 450))
    union all
    select
        concat('4', visit_id), visit_id, person_no,
        occurred_at + to_seconds(15), 'company', false
    from visits
    where visit_rank = 2 and happens('is greeted', visit_id, 0, 60)
),
numbered as (
    select
        begun.*,
        logins.created_at < begun.started_at
            and happens('chats signed in', begun.chat_no, 0, 500) as is_user,
        1 + dice('exchanges', begun.chat_no, 0, 3) as exchange_count,
        90 + dice('waits', begun.chat_no, 0, 5400) as reply_seconds,
        case
            when begun.started_by = 'company'
                then not happens('answers back', begun.chat_no, 0, 300)
            else happens('left waiting', begun.chat_no, 0, 80)
        end as is_silent,
        happens('comes back', begun.chat_no, 0, 60) as is_reopened,
        happens('rates', begun.chat_no, 0, 350) as is_rated
    from begun
    left join shop_customers as logins
        on logins.person_no = begun.person_no and logins.email_no = 1
    where begun.started_at < getvariable('world_end')
)
select
    numbered.* exclude (is_user),
    coalesce(is_user, false) as is_user,
    left(hex('chat contact', person_no, if(coalesce(is_user, false), 1, 0)), 24) as contact_id,
    if(is_complaint, 1, 3) + dice('rating', chat_no, 0, 3) as drawn_rating
from numbered;

-- A rule assigns, somebody of the team notes something, then both sides write and one closes
create table chat_parts as
with listed as (
    select
        conversation_id, chat_no, contact_id, is_user, started_at, reply_seconds, exchange_count,
        unnest(range(case
            when is_silent then 1
            when is_reopened then 2 * exchange_count + 5
            else 2 * exchange_count + 3
        end)) as part_no
    from chats
),
written as (
    select
        *,
        case
            when part_no = 0 then ['bot', 'assignment']
            when part_no = 1 then ['admin', 'note']
            when part_no = 2 * exchange_count + 2 then ['admin', 'close']
            when part_no = 2 * exchange_count + 3 then [if(is_user, 'user', 'lead'), 'open']
            when part_no % 2 = 0 then ['admin', 'comment']
            else [if(is_user, 'user', 'lead'), 'comment']
        end as kind,
        started_at + to_seconds(case
            when part_no = 0 then 2
            when part_no = 1 then reply_seconds - 30
            when part_no > 2 * exchange_count + 2 then 90000 + 300 * part_no
            else reply_seconds + (part_no - 2) * 150
        end) as occurred_at
    from listed
)
select
    conversation_id,
    part_no,
    concat(conversation_id, lpad(cast(part_no as varchar), 2, '0')) as part_id,
    kind[1] as author_type,
    kind[2] as part_type,
    if(kind[1] in ('user', 'lead'), contact_id, concat('84', dice('agent', chat_no, 0, 5)))
        as author_id,
    occurred_at
from written
where occurred_at < getvariable('world_end');

create table chat_contacts as
with first_chats as (
    select contact_id, person_no, is_user, min(started_at) as created_at
    from chats group by contact_id, person_no, is_user
)
select
    first_chats.*,
    if(is_user, logins.shop_customer_id, null) as external_id,
    case
        when is_user then contacts.email_1
        when happens('lead tells e-mail', first_chats.person_no, 0, 550)
            then coalesce(contacts.email_2, contacts.email_1)
    end as email,
    if(is_user and happens('chat phone', first_chats.person_no, 0, 250), contacts.phone_1, null)
        as phone,
    if(is_user, concat(people.first_name, ' ', people.last_name), null) as full_name,
    people.language,
    happens('chat unsubscribes', first_chats.person_no, 0, 40) as is_unsubscribed,
    happens('chat forgets', first_chats.person_no, 0, 30) as is_forgotten
from first_chats
inner join people on people.person_no = first_chats.person_no
left join contacts on contacts.person_no = first_chats.person_no
left join shop_customers as logins
    on logins.person_no = first_chats.person_no and logins.email_no = 1;
"""


def make_chats(world: World) -> None:
    """Tables chats, chat_parts and chat_contacts."""
    world.run(CHATS)
