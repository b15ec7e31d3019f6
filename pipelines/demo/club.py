"""The tasting club: a circular of its own, beside the newsletter, with members who come and go."""

from __future__ import annotations

from pipelines.demo.world import World

# Titles repeat, and have what an old Mac writes otherwise than the rest of the world
MEMBERS = """
create table club_mailings as
select
    n + 1 as mailing_no,
    left(hex('club mailing', n, 0), 10) as campaign_id,
    if(n % 3 = 0, 'Café club — the brew', 'Café club — the roast') as title,
    ['Zoë’s three cups', 'What we roast now', 'Crème de la crema'][1 + n % 3] as subject,
    cast(getvariable('start') + 3 + cast(14 * n as integer) as timestamp) + interval 570 minute
        as sent_at
from range(getvariable('days') // 14 + 1) as numbers (n)
where cast(getvariable('start') + 3 + cast(14 * n as integer) as timestamp) + interval 570 minute
    < getvariable('world_end');

create table club_members as
with joined as (
    select
        people.person_no,
        people.first_name,
        people.last_name,
        people.country_code,
        people.region_code,
        if(
            contacts.email_2 is not null and happens('club e-mail', people.person_no, 0, 300),
            contacts.email_2, contacts.email_1
        ) as email,
        if(happens('club phone', people.person_no, 0, 300), contacts.phone_1, null) as phone,
        cast(getvariable('start') as timestamp)
        + to_days(if(
            people.first_day_no = 0, -dice('club since', people.person_no, 0, 700),
            people.first_day_no
        ))
        + to_seconds(30000 + dice('club joined', people.person_no, 0, 30000)) as joined_at
    from people
    inner join contacts on contacts.person_no = people.person_no
    where happens('club', people.person_no, 0, 220)
),
exits as (
    select
        joined.person_no,
        club_mailings.mailing_no,
        if(
            happens('club bounce', joined.person_no, club_mailings.mailing_no, 400),
            'cleaned', 'unsubscribed'
        ) as exit_kind,
        club_mailings.sent_at
    from joined
    inner join club_mailings on club_mailings.sent_at > joined.joined_at
    where happens('club leaves', joined.person_no, club_mailings.mailing_no, 20)
),
first_exits as (
    select
        person_no,
        min(mailing_no) as exit_mailing_no,
        min_by(exit_kind, mailing_no) as exit_kind,
        min(sent_at) as sent_at
    from exits group by person_no
)
select
    joined.*,
    md5(lower(joined.email)) as subscriber_id,
    first_exits.exit_mailing_no,
    first_exits.exit_kind,
    first_exits.sent_at + if(
        first_exits.exit_kind = 'cleaned', interval 4 second,
        to_seconds(3600 + dice('club left', joined.person_no, 0, 40000))
    ) as left_at
from joined
left join first_exits on first_exits.person_no = joined.person_no
where joined.joined_at < getvariable('world_end') - interval 1 hour;
"""

ACTIVITIES = """
create table club_contacts as
select
    club_members.person_no,
    club_members.subscriber_id,
    club_members.email,
    club_mailings.*,
    club_members.exit_kind = 'cleaned' and club_members.exit_mailing_no = club_mailings.mailing_no
        as is_bounced
from club_members
inner join club_mailings
    on club_mailings.sent_at > club_members.joined_at
    and (
        club_members.exit_mailing_no is null
        or club_mailings.mailing_no <= club_members.exit_mailing_no
    );

create table club_activities as
with kinds as (
    select
        *,
        unnest([
            if(is_bounced, 'bounce', null),
            if(happens('club open', person_no, mailing_no, 450), 'open', null),
            if(happens('club open', person_no, mailing_no, 130), 'open again', null),
            if(happens('club open', person_no, mailing_no, 60), 'click', null)
        ]) as kind
    from club_contacts
)
select
    person_no, subscriber_id, mailing_no, campaign_id, kind, split_part(kind, ' ', 1) as action,
    sent_at + case kind
        when 'bounce' then interval 4 second
        when 'click' then to_seconds(120 + dice('club reads', person_no, mailing_no, 90000))
        when 'open' then to_seconds(60 + dice('club reads', person_no, mailing_no, 90000))
        else to_seconds(95000 + dice('club reads again', person_no, mailing_no, 90000))
    end as occurred_at
from kinds
where kind is not null and (kind = 'bounce' or not coalesce(is_bounced, false));
"""


def make_club(world: World) -> None:
    """Tables club_mailings, club_members, club_contacts (member and mailing), club_activities."""
    world.run(MEMBERS, ACTIVITIES)
