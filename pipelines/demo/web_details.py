"""All that a web event can tell: the visit, the browser, the visitor's cookies and sign-in."""

from __future__ import annotations

from pipelines.demo.world import World

DETAILS = """
create table user_agents as
select * from (values
    (0, 'mobile', 'iOS', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_4 like Mac OS X) '
        'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.4 Mobile/15E148 Safari/604.1'),
    (1, 'desktop', 'Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 '
        '(KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36'),
    (2, 'mobile', 'Android', 'Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 '
        '(KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36'),
    (3, 'tablet', 'iOS', 'Mozilla/5.0 (iPad; CPU OS 19_4 like Mac OS X) AppleWebKit/605.1.15 '
        '(KHTML, like Gecko) Version/19.4 Safari/604.1')
) as listed (agent_no, device_type, system, user_agent);

create macro segment_id(person_no, device_no, cookie_no) as
    uuid_of('anonymous id', person_no, device_no * 2 + cookie_no);
create macro ga_id(person_no, device_no, cookie_no) as concat(
    100000000 + dice('ga id', person_no, device_no * 2 + cookie_no, 1900000000), '.',
    1740000000 + dice('ga time', person_no, device_no * 2 + cookie_no, 30000000)
);

-- All that is true of a visit as a whole, in order of time: a file reads only its own stretch
create table web_visits as
select
    visits.visit_id,
    visits.occurred_at as visited_at,
    visits.visit_rank,
    segment_id(visits.owner_no, visits.device_no, visits.cookie_no) as anonymous_id,
    ga_id(visits.owner_no, visits.device_no, visits.cookie_no) as pseudo_id,
    if(
        visits.device_no = 2, 3, (dice('agent', visits.owner_no, 0, 3) + visits.device_no) % 3
    ) as agent_no,
    concat('203.0.113.', dice('ip', visits.owner_no, visits.device_no, 256)) as ip,
    people.country,
    people.country_code,
    people.region,
    people.city,
    people.language,
    if(sign_ins.visit_id is null or sign_ins.is_guest, null, logins.shop_customer_id) as login_id,
    coalesce(sign_ins.is_turn, false) as is_turn,
    if(sign_ins.visit_id is null, null, coalesce(orders.email, logins.email)) as typed_email,
    landings.* exclude (visit_id),
    orders.shop_order_id,
    if(orders.order_no is null, null, hex('checkout', orders.order_no, 0)) as checkout_token,
    orders.currency,
    orders.subtotal_cents,
    orders.total_cents
from visits
inner join people on people.person_no = visits.person_no
inner join landings on landings.visit_id = visits.visit_id
left join sign_ins on sign_ins.visit_id = visits.visit_id
left join shop_customers as logins
    on logins.person_no = visits.person_no and logins.email_no = 1
left join orders on orders.visit_id = visits.visit_id
order by visited_at, visits.visit_id;

create view web_details as
select
    web_events.*,
    web_visits.* exclude (visit_id, agent_no),
    user_agents.* exclude (agent_no),
    variants.product_id,
    variants.sku,
    variants.title,
    variants.category,
    variants.handle
from web_events
inner join web_visits on web_visits.visit_id = web_events.visit_id
inner join user_agents on user_agents.agent_no = web_visits.agent_no
inner join variants on variants.variant_no = 1 + dice(
    'looks at', web_events.visit_id, web_events.event_no, (select count(*) from variants)
);
"""


def make_web_details(world: World) -> None:
    """Table web_visits, view web_details, and the cookies' names as macros."""
    world.run(DETAILS)
