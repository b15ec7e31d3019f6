"""Eventbrite: who holds tickets for the shop's two evenings, and who came.

The buyer's address stands on the tickets of their guests, unless a guest gave their own. The
cupping night's report names no event but its folder; the class's comes with British headers, for
all events.
"""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, select_list, write_csv
from pipelines.demo.world import World

TICKETS = """
create table social_events as
select * from (values
    (1, 'cupping-night', 'Cupping Night', 40),
    (2, '690193285697', 'Latte Art Class', 85)
) as listed (event_no, event_id, event_name, day_percent);

create table tickets as
with events as (
    select
        *,
        cast(getvariable('start') as timestamp)
        + to_days(cast(getvariable('days') * day_percent // 100 as integer))
        + interval 18 hour as started_at
    from social_events
),
bought as (
    select
        people.person_no as buyer_no,
        events.*,
        people.person_no * 10 + events.event_no as order_no,
        unnest(range([1, 1, 2, 3][1 + dice('party', people.person_no, events.event_no, 4)]))
            as guest_no,
        events.started_at - to_seconds(
            7200 + dice('ticket', people.person_no, events.event_no, 30 * 86400)
        ) as registered_at
    from people
    cross join events
    where people.is_known and happens('event', people.person_no, events.event_no, 120)
),
-- a guest is some other person, who may give an address of their own
seated as (
    select
        *,
        18441000000 + order_no * 10 + guest_no as attendee_id,
        if(
            guest_no = 0, buyer_no,
            (buyer_no * 13 + guest_no * 101 + event_no) % getvariable('customers')
        ) as person_no,
        guest_no > 0 and happens('own address', order_no, guest_no, 400) as gives_address,
        dice('came', order_no, guest_no, 100) as luck
    from bought
)
select
    seated.*,
    people.first_name,
    people.last_name,
    people.city,
    people.country,
    buyers.first_name as buyer_first_name,
    buyers.last_name as buyer_last_name,
    buyer_contacts.email_1 as buyer_email,
    if(seated.gives_address, contacts.email_1, buyer_contacts.email_1) as email
from seated
inner join people on people.person_no = seated.person_no
inner join contacts on contacts.person_no = seated.person_no
inner join people as buyers on buyers.person_no = seated.buyer_no
inner join contacts as buyer_contacts on buyer_contacts.person_no = seated.buyer_no
where seated.registered_at > cast(getvariable('start') as timestamp);

create view tickets_tonight as
select
    *,
    case
        when luck < 5 then 'Refunded'
        when luck < 9 then 'Deleted'
        when luck < 75 and started_at + interval 3 hour <= getvariable('night') then 'Checked In'
        else 'Attending'
    end as status
from tickets
where registered_at <= getvariable('night');
"""

COMMON = {
    "Order #": "order_no",
    "Order Date": "strftime(registered_at, '%Y-%m-%d %H:%M:%S+00:00')",
    "First Name": "first_name",
    "Last Name": "last_name",
    "Email": "email",
    "Quantity": "1",
    "Price Tier": "''",
    "Ticket Type": "'General Admission'",
    "Attendee #": "attendee_id",
    "Group": "''",
    "Order Type": "'Eventbrite Completed'",
    "Currency": "'EUR'",
    "Total Paid": "if(status = 'Refunded', '0.00', '12.00')",
    "Fees Paid": "'1.10'",
    "Eventbrite Fees": "'0.70'",
    "Eventbrite Payment Processing": "'0.40'",
    "Attendee Status": "status",
    "Home City": "city",
    "Home Country": "country",
    "How do you brew at home?": "pick('brews', person_no, 0, ['Filter', 'Moka, mostly', ''])",
}
BRITISH = {"Order #": "Order no.", "Last Name": "Surname", "Attendee #": "Attendee no."}
ALL_EVENTS = {
    "Event Name": "event_name",
    "Event ID": "event_id",
    **{BRITISH.get(header, header): sql for header, sql in COMMON.items()},
    "Buyer First Name": "buyer_first_name",
    "Buyer Surname": "buyer_last_name",
    "Buyer Email": "buyer_email",
    "Date Attending": "strftime(started_at, '%b %-d, %Y at %-I:%M %p')",
}


def make_events(world: World) -> None:
    """Table tickets, and as view tickets_tonight what Eventbrite tells of them on a night."""
    world.run(TICKETS)


def write_eventbrite(world: World, outbox: Outbox, night: date) -> None:
    """The report of each event that somebody has a ticket for."""
    reports = ((1, "cupping-night", COMMON), (2, "", ALL_EVENTS))
    for event_no, folder, columns in reports:
        tickets = f"tickets_tonight where event_no = {event_no}"
        if world.count(tickets) == 0:
            continue
        path = outbox.path("eventbrite", folder, night, f"report-{night}.csv")
        write_csv(world, f"select {select_list(columns)} from {tickets} order by attendee_id", path)
        outbox.done(path)
