"""Who got which mailing, opened it and clicked: a click is the moment before an e-mail visit."""

from __future__ import annotations

from pipelines.demo.world import World

PROFILES = """
create table profiles as
select
    people.person_no,
    upper(concat('01K', left(hex('profile', people.person_no, 0), 23))) as profile_id,
    contacts.email_1 as email,
    if(happens('profile phone', people.person_no, 0, 500), contacts.phone_1, null) as phone,
    cast(getvariable('start') as timestamp)
    + to_days(if(people.first_day_no = 0, -dice('since', people.person_no, 0, 500),
        people.first_day_no))
    + to_seconds(28800 + dice('joined', people.person_no, 0, 20000)) as created_at
from people
inner join contacts on contacts.person_no = people.person_no
where people.is_profile;

-- Some people are in the system twice, once with each e-mail
create table leads as
with copies as (
    select people.*, unnest([1, 2]) as copy_no from people where is_lead
)
select
    copies.person_no,
    copies.copy_no,
    100000 + copies.person_no * 2 + copies.copy_no as lead_id,
    if(copies.copy_no = 1, coalesce(contacts.email_2, contacts.email_1), contacts.email_1) as email,
    -- typed as people type at home: without the country's code
    if(happens('lead phone', copies.person_no, 0, 600), contacts.national_phone, null) as phone,
    least(
        cast(getvariable('start') as timestamp)
        + to_days(if(
            copies.first_day_no = 0, -dice('lead since', copies.person_no, 0, 400),
            copies.first_day_no
        ))
        + to_seconds(30000 + dice('lead joined', copies.person_no, copies.copy_no, 20000)),
        getvariable('world_end') - interval 1 day
    ) as created_at,
    if(
        happens('touched', copies.person_no, copies.copy_no, 400),
        getvariable('world_end') - to_seconds(
            dice('touched at', copies.person_no, copies.copy_no, 60 * 86400)
        ), null
    ) as drawn_touched_at
from copies
inner join contacts on contacts.person_no = copies.person_no
where copies.copy_no = 1
   or contacts.email_2 is not null and happens('two leads', copies.person_no, 0, 300);
"""

MAIL_EVENTS = """
create table mail_contacts as
with clicks as (
    select
        person_no, mailing_no,
        min(occurred_at) as clicked_at,
        arg_min(visit_id, (occurred_at, visit_id)) as visit_id,
        sum(cast(has_order as integer)) as order_count
    from visit_outcomes
    where mailing_no is not null
    group by person_no, mailing_no
),
audience as (
    select people.person_no, mailings.mailing_no
    from people
    inner join mailings
        on mailings.tool = 'klaviyo' and people.is_subscribed
        or mailings.tool = 'marketo' and people.is_lead
    where happens('segment', people.person_no, mailings.mailing_no, 300)
      and cast(getvariable('start') as timestamp) + to_days(people.first_day_no)
        < mailings.sent_at
    union
    select person_no, mailing_no from clicks
)
select
    audience.person_no,
    audience.mailing_no,
    mailings.tool,
    mailings.mailing_id,
    mailings.name,
    mailings.subject,
    mailings.sent_at + to_seconds(dice('delivery', audience.person_no, mailings.mailing_no, 600))
        as received_at,
    clicks.clicked_at - interval 5 second as clicked_at,
    concat('https://shop.example.com', landings.landing_path) as link_url,
    clicks.order_count,
    clicks.clicked_at is null
        and happens('bounce', audience.person_no, mailings.mailing_no, 12) as is_bounced,
    clicks.clicked_at is null
        and happens('machine', audience.person_no, mailings.mailing_no, 150) as is_machine_open,
    clicks.clicked_at is null
        and happens('leaves', audience.person_no, mailings.mailing_no, 3) as is_unsubscribed,
    if(
        clicks.clicked_at is not null
        or happens('open', audience.person_no, mailings.mailing_no, 350), 1, 0
    ) as open_count
from audience
inner join mailings on mailings.mailing_no = audience.mailing_no
left join clicks
    on clicks.person_no = audience.person_no and clicks.mailing_no = audience.mailing_no
left join landings on landings.visit_id = clicks.visit_id;

create table mail_events as
with kinds as (
    select
        *,
        unnest([
            'received',
            if(is_bounced, 'bounced', null),
            if(not is_bounced and is_machine_open, 'machine_opened', null),
            if(not is_bounced and open_count > 0, 'opened', null),
            if(clicked_at is not null, 'clicked', null),
            if(not is_bounced and is_unsubscribed, 'unsubscribed', null)
        ]) as kind
    from mail_contacts
),
timed as (
    select
        person_no, mailing_no, tool, mailing_id, name, subject, kind,
        if(kind = 'clicked', link_url, null) as link_url,
        case kind
            when 'received' then received_at
            when 'bounced' then received_at + interval 2 second
            when 'machine_opened' then received_at + interval 40 second
            when 'clicked' then clicked_at
            when 'opened' then coalesce(
                greatest(clicked_at - interval 50 second, received_at + interval 3 second),
                received_at + to_seconds(60 + dice('reads mail', person_no, mailing_no, 150000))
            )
            else received_at + interval 3 hour
        end as occurred_at
    from kinds
    where kind is not null and not (kind = 'received' and is_bounced and tool = 'klaviyo')
)
select * from timed
where occurred_at < getvariable('world_end')
order by occurred_at, person_no, mailing_no, kind;
"""


def make_mail(world: World) -> None:
    """Tables profiles (Klaviyo), leads (Marketo), mail_contacts and mail_events."""
    world.run(PROFILES, MAIL_EVENTS)
