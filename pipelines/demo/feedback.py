"""What people say of their orders when asked: a score, sometimes a reason. Refunds leave a mark."""

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
where email is not null and kind <> 'tiktok' and not is_test
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


def make_feedback(world: World) -> None:
    """Tables asked_orders, order_answers and asked_people."""
    world.run(ANSWERS)
