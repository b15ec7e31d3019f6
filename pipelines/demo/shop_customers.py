"""Who the shops know: the customers of their admin, and the visits on which somebody signed in."""

from __future__ import annotations

from pipelines.demo.world import World

# A shop knows a customer by the e-mail: two e-mails are two customers, a login is the first of
# them. Who gives but a phone number at the till is a customer by it, nearly always with a name
CUSTOMERS = """
create table sign_ins as
select
    visit_id,
    person_no,
    has_order and happens('guest', visit_id, 0, 300) as is_guest,
    is_turn
from visit_outcomes
where is_known and (
    has_order
    or happens('signs in', visit_id, 0, 120)
    -- who finds somebody else's account open, or none, signs in with their own
    or is_turn and happens('takes turn', visit_id, 0, 995)
);

create table shop_customers as
with known as (
    select
        orders.person_no,
        case orders.email
            when contacts.email_1 then 1 when contacts.email_2 then 2 when contacts.email_3 then 3
            else 4
        end as email_no,
        orders.email,
        null as till_phone,
        orders.ordered_at as known_at
    from orders
    inner join contacts on contacts.person_no = orders.person_no
    where orders.email is not null and orders.kind <> 'draft'
    union all
    select
        orders.person_no, if(orders.phone = contacts.phone_1, 5, 6), null, orders.phone,
        orders.ordered_at
    from orders
    inner join contacts on contacts.person_no = orders.person_no
    where orders.kind = 'pos' and orders.email is null and orders.phone is not null
    union all
    select sign_ins.person_no, 1, contacts.email_1, null, visits.occurred_at
    from sign_ins
    inner join visits on visits.visit_id = sign_ins.visit_id
    inner join contacts on contacts.person_no = sign_ins.person_no
    where not sign_ins.is_guest
),
grouped as (
    select person_no, email_no, email, till_phone, min(known_at) as created_at
    from known group by person_no, email_no, email, till_phone
)
select
    grouped.* exclude (till_phone),
    people.shop,
    7000000000000 + (grouped.person_no * 8 + grouped.email_no) * 4096 as shop_customer_id,
    if(
        grouped.email_no < 3 and happens('customer phone', grouped.person_no, 0, 600),
        contacts.phone_1, grouped.till_phone
    ) as phone,
    grouped.till_phone is null or happens('name at till', grouped.person_no, 0, 900) as is_named
from grouped
inner join people on people.person_no = grouped.person_no
inner join contacts on contacts.person_no = grouped.person_no;
"""


def make_shop_customers(world: World) -> None:
    """Tables sign_ins and shop_customers."""
    world.run(CUSTOMERS)
