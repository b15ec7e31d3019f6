"""What people say when asked: of an order, and in a tasting club's form. Refunds leave a mark."""

from __future__ import annotations

from pipelines.demo.world import World

# Two weeks after an order somebody is asked at the address they ordered with, and one in four says
ANSWERS = """
create table asked_orders as
select
    order_no,
    person_no,
    email,
    ordered_at,
    ordered_at + interval 14 day as asked_at,
    happens('answers', order_no, 0, 250) as will_answer,
    ordered_at + interval 14 day + to_seconds(60 + dice('answers at', order_no, 0, 400000))
        as answered_at,
    coalesce(refund_kind in ('full', 'line') or cancelled_at is not null, false) as was_let_down
from orders
where email is not null and kind not in ('tiktok', 'draft') and not is_test
  and ordered_at + interval 14 day < getvariable('world_end');

create table order_answers as
with scored as (
    select
        *,
        greatest(0, least(
            10,
            7 + dice('warmth', person_no, 0, 4) + dice('mood', order_no, 0, 3) - 1
            - if(was_let_down, 3 + dice('grudge', order_no, 0, 5), 0)
        )) as score
    from asked_orders
    where will_answer and answered_at < getvariable('world_end')
)
select
    *,
    if(not happens('has words', order_no, 0, 400), null, case
        when score >= 9 then pick('words', order_no, 0, [
            'Lovely beans,' || chr(10) || 'will order again ☕', 'Fast, friendly', 'Alles bestens!'
        ])
        when score >= 7 then pick('words', order_no, 0, ['Good, a bit "dear"', 'Ça va'])
        else pick('words', order_no, 0, [
            'Arrived broken, the refund took ages', 'Wrong grind, again', 'War leider kalt'
        ])
    end) as words
from scored;

-- One person to the survey tool is one address
create table asked_people as
select
    row_number() over (order by min(asked_at), email) as asked_no,
    person_no,
    email,
    min(asked_at) as first_asked_at
from asked_orders
group by person_no, email;
"""

# Whoever comes from the newsletter is named by the link; others may say who they are, or not
FORM = """
create table form_answers as
with drawn as (
    select
        people.*,
        cast(getvariable('start') as timestamp) + to_days(dice('form day', person_no, 0, 300)
            % cast(getvariable('days') as integer))
            + to_seconds(36000 + dice('form second', person_no, 0, 20000)) as started_at
    from people
    where happens('form', person_no, 0, if(is_known, 160, 40))
),
let_down as (
    select person_no, min(refunded_at) as first_let_down_at from orders
    where refund_kind in ('full', 'line')
    group by person_no
),
told as (
    select
        drawn.person_no,
        hex('form token', drawn.person_no, 0) as token,
        drawn.started_at,
        drawn.started_at + to_seconds(40 + dice('form time', drawn.person_no, 0, 500))
            as ended_at,
        if(drawn.is_subscribed, contacts.email_1, null) as hidden_email,
        if(
            drawn.is_subscribed and happens('form login', drawn.person_no, 0, 600),
            logins.shop_customer_id, null
        ) as hidden_user_id,
        if(
            not drawn.is_subscribed and happens('types e-mail', drawn.person_no, 0, 600),
            coalesce(contacts.email_2, contacts.email_1), null
        ) as typed_email,
        pick('form way', drawn.person_no, 0, [
            'completed', 'completed', 'completed', 'completed', 'completed', 'completed',
            'completed', 'partial', 'partial', 'started'
        ]) as response_type,
        coalesce(let_down.first_let_down_at < drawn.started_at, false) as was_let_down
    from drawn
    left join contacts on contacts.person_no = drawn.person_no
    left join let_down on let_down.person_no = drawn.person_no
    left join shop_customers as logins
        on logins.person_no = drawn.person_no and logins.email_no = 1
        and logins.created_at < drawn.started_at
    where drawn.started_at < getvariable('world_end') - interval 1 hour
)
select
    *,
    response_type <> 'started' as is_answered,
    greatest(0, least(
        10,
        7 + dice('warmth', person_no, 0, 4) + dice('form mood', person_no, 0, 3) - 1
        - if(was_let_down, 3 + dice('form grudge', person_no, 0, 5), 0)
    )) as score,
    if(happens('form words', person_no, 0, 300), pick('form word', person_no, 0, [
        'More decaf,' || chr(10) || 'please', 'Alles "fein"', 'Shipping, honestly'
    ]), null) as words
from told;
"""


def make_feedback(world: World) -> None:
    """Tables asked_orders, order_answers, asked_people and form_answers."""
    world.run(ANSWERS, FORM)
