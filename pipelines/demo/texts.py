"""Texts and WhatsApp messages about orders, and the answers: thanks, STOP, START again."""

from __future__ import annotations

from pipelines.demo.world import World

TEXTS = """
create table texts as
with notices as (
    select
        orders.order_no,
        orders.person_no,
        orders.order_name,
        lone_phones.phone,
        if(happens('by whatsapp', orders.person_no, 0, 250), 'whatsapp', 'sms') as channel,
        orders.ordered_at + interval 1 day
        + to_seconds(dice('parcel', orders.order_no, 0, 40000)) as sent_at
    from orders
    inner join lone_phones on lone_phones.person_no = orders.person_no
    where orders.kind = 'web' and not orders.is_test
      and happens('text notices', orders.person_no, 0, 600)
),
answered as (
    select
        *,
        happens('texts back', order_no, 0, 110) as is_answered,
        happens('texts stop', order_no, 0, 40) as is_refusal,
        sent_at + to_seconds(120 + dice('texts back at', order_no, 0, 6000)) as answered_at
    from notices
),
-- between a STOP and a START nothing is sent; half of them never ask again
standing as (
    select
        *,
        max(if(is_refusal, answered_at, null)) over (
            partition by person_no order by sent_at, order_no
            rows between unbounded preceding and 1 preceding
        ) as refused_at
    from answered
),
judged as (
    select
        *,
        refused_at is not null
        and not (
            happens('texts start', person_no, 0, 500)
            and sent_at > refused_at + interval 3 day
        ) as is_blocked
    from standing
),
messages as (
    select
        order_no * 10 as text_no, person_no, phone, channel, 'outbound-api' as direction,
        concat('Your order ', order_name, ' is on its way.', chr(10), 'Pine & Harbour') as body,
        case
            when is_blocked then 'failed'
            when happens('text lost', order_no, 0, 15) then 'undelivered'
            when channel = 'whatsapp' and happens('text read', order_no, 0, 700) then 'read'
            else 'delivered'
        end as status,
        if(is_blocked, 21610, if(happens('text lost', order_no, 0, 15), 30003, null)) as error_code,
        2 as segments,
        sent_at
    from judged
    union all
    select
        order_no * 10 + 1, person_no, phone, channel, 'inbound',
        if(is_refusal, pick('stop word', order_no, 0, ['STOP', 'Stop', 'stop ']), 'Thank you!'),
        'received', null, 1, answered_at
    from judged
    where (is_answered or is_refusal) and not is_blocked
    union all
    select
        min(order_no) * 10 + 2, person_no, phone, channel, 'inbound', 'START', 'received', null, 1,
        min(answered_at) + interval 2 day
    from judged
    where is_refusal and not is_blocked and happens('texts start', person_no, 0, 500)
    group by person_no, phone, channel
)
select * from messages
where sent_at < getvariable('world_end')
order by sent_at, text_no;
"""


def make_texts(world: World) -> None:
    """Table texts: one row per message, to people and from them."""
    world.run(TEXTS)
