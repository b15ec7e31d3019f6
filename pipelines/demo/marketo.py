"""Marketo's bulk extracts: leads, activities and program members, `null` where there is nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pipelines.demo.files import Outbox, select_list, write_csv
from pipelines.demo.world import World, moment_of

NULLS = "header, nullstr 'null'"
MOST_DAYS = 31  # an extract of activities covers no more

TYPES = (
    ("received", 6, "Send Email"),
    ("delivered", 7, "Email Delivered"),
    ("bounced", 8, "Email Bounced"),
    ("unsubscribed", 9, "Unsubscribe Email"),
    ("opened", 10, "Open Email"),
    ("machine_opened", 10, "Open Email"),
    ("clicked", 11, "Click Email"),
)

LEAD_COLUMNS = {
    "id": "lead_id",
    "email": "leads.email",
    "firstName": "people.first_name",
    "lastName": "people.last_name",
    "company": "null",
    "phone": "leads.phone",
    "city": "people.city",
    "state": "people.region",
    "postalCode": "people.zip",
    "country": "people.country",
    "dateOfBirth": "if(happens('tells birthday', people.person_no, 0, 500),"
    " cast(people.birth_date as varchar), null)",
    "gender": "if(happens('tells gender', people.person_no, 0, 400), people.gender, null)",
    "leadStatus": "if(touched_at is null, 'New', 'Engaged')",
    "leadScore": "10 + dice('score', people.person_no, copy_no, 60)"
    " + if(touched_at is null, 0, 25)",
    "originalSourceType": "pick('origin', people.person_no, 0,"
    " ['Web form fillout', 'List import', 'Event'])",
    "unsubscribed": "if(happens('no mail', people.person_no, 0, 60), 'true', 'false')",
    "emailInvalid": "'false'",
    "cookies": "case when happens('mch', people.person_no, copy_no, 500)"
    " then concat('id:123-ABC-456&token:_mch-example.com-', 1770000000000 + person_no,"
    " '-', 10000 + dice('mch', people.person_no, copy_no, 80000)) end",
    "createdAt": "iso_seconds(created_at)",
    "updatedAt": "iso_seconds(coalesce(touched_at, created_at))",
}
LEADS = f"""
    with known as (
        select
            *,
            if(
                drawn_touched_at > created_at and drawn_touched_at < getvariable('night'),
                drawn_touched_at, null
            ) as touched_at
        from leads
        where created_at < getvariable('night')
    )
    select {select_list(LEAD_COLUMNS)}
    from known as leads
    inner join people using (person_no)
    where coalesce(touched_at, created_at) >= getvariable('previous_night')
       or getvariable('is_first_night')
    order by lead_id
"""

# The kinds of `mail_events`, and the delivery of each mail sent
ACTIVITIES = f"""
    with kinds as (
        select * from (values {", ".join(f"('{k}', {n}, '{t}')" for k, n, t in TYPES)})
            as listed (kind, type_id, type_name)
    ),
    told as (
        select person_no, mailing_no, name, kind, link_url, occurred_at from mail_events
        where tool = 'marketo'
        union all
        select
            person_no, mailing_no, name, 'delivered', null, received_at + interval 1 second
        from mail_contacts
        where tool = 'marketo' and not is_bounced
    ),
    typed as (
        select
            leads.lead_id,
            told.mailing_no,
            told.occurred_at,
            kinds.type_id,
            told.kind,
            concat('Nurture 2026.', told.name) as asset,
            4100 + told.mailing_no as asset_id,
            json_object(
                'Campaign Run ID', 900 + told.mailing_no, 'Choice Number', 0, 'Step ID', 17,
                'Link', told.link_url,
                'Is Mobile Device', if(told.kind in ('opened', 'clicked'), true, null),
                'Is Bot Activity', told.kind = 'machine_opened',
                'Bot Activity Pattern', if(
                    told.kind = 'machine_opened', 'Match IAB List', null
                ),
                'Device', if(told.kind in ('opened', 'clicked'), 'Phone', null)
            ) as attributes
        from told
        inner join leads on leads.person_no = told.person_no and leads.copy_no = 1
        inner join kinds on kinds.kind = told.kind
        union all
        select
            lead_id, 0, created_at, 12, 'new', null, lead_id,
            json_object('Source Type', 'Web form fillout', 'Created Date', created_at::date)
        from leads
    )
    select
        hex('activity', lead_id * 1000 + mailing_no, type_id * 100 + len(kind)) as "marketoGUID",
        lead_id as "leadId",
        iso_seconds(occurred_at) as "activityDate",
        type_id as "activityTypeId",
        if(mailing_no = 0, null, 700 + mailing_no) as "campaignId",
        asset_id as "primaryAttributeValueId",
        asset as "primaryAttributeValue",
        cast(attributes as varchar) as attributes
    from typed
    where occurred_at >= $1 and occurred_at < $2
    order by occurred_at, "marketoGUID"
"""

MEMBER_COLUMNS = {
    "programId": "program_id",
    "program": "program",
    "leadId": "lead_id",
    "statusName": "['Invited', 'Registered', 'Attended', 'No Show'][1 + standing]",
    "reachedSuccess": "if(standing = 2, 1, 0)",
    "acquiredBy": "0",
    "isExhausted": "0",
    "membershipDate": "iso_seconds(joined_at)",
    "createdAt": "iso_seconds(joined_at)",
    "updatedAt": "iso_seconds(joined_at + interval 1 day)",
}
MEMBERS = f"""
    with programs as (
        select * from (values (1041, 'Tasting evening', 20), (1042, 'Latte art class', 55))
            as listed (program_id, program, day_no)
    ),
    joined as (
        select
            programs.program_id,
            programs.program,
            leads.lead_id,
            dice('member', leads.lead_id, programs.program_id, 4) as standing,
            cast(getvariable('start') as timestamp) + to_days(programs.day_no)
            + to_seconds(dice('joins', leads.lead_id, programs.program_id, 800000)) as joined_at
        from leads
        inner join programs
            on happens('invited', leads.lead_id, programs.program_id, 300)
        where leads.created_at
            < cast(getvariable('start') as timestamp) + to_days(programs.day_no)
    )
    select {select_list(MEMBER_COLUMNS)}
    from joined
    where joined_at < getvariable('night') - interval 1 day
    order by program_id, lead_id
"""


def write_marketo(world: World, outbox: Outbox, night: date) -> None:
    """Leads changed and activities since the last export; all program members."""
    nights = world.settings.nights
    is_first = night == nights[0]
    world.run(f"set variable is_first_night = {is_first}")
    for name, sql in (("leads.csv", LEADS), ("program_members.csv", MEMBERS)):
        path = outbox.path("marketo", "", night, name)
        write_csv(world, sql, path, NULLS)
        outbox.done(path)
    before = datetime.combine(world.settings.start, datetime.min.time())
    begin = before if is_first else moment_of(nights[nights.index(night) - 1])
    number = 1
    while begin < moment_of(night):
        until = min(begin + timedelta(days=MOST_DAYS), moment_of(night))
        path = outbox.path("marketo", "", night, f"activities_{number}.csv")
        window = ACTIVITIES.replace("$1", f"timestamp '{begin}'")
        write_csv(world, window.replace("$2", f"timestamp '{until}'"), path, NULLS)
        outbox.done(path)
        begin, number = until, number + 1
