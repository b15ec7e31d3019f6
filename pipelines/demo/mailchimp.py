"""Mailchimp: the tasting club's audience, the report of its campaigns, answers of the API."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, bundle, select_list, wrap, write_csv, write_json_lines
from pipelines.demo.world import World

AUDIENCE_ID = "57afe96172"
PAGE = 500  # recipients in one answer

MEMBER_COLUMNS = {
    "Email Address": "members.email",
    "First Name": "members.first_name",
    "Last Name": "members.last_name",
    "Phone Number": "members.phone",
    "Favourite cup": "pick('cup', members.person_no, 0, ['Espresso', 'Filter', 'Cortado'])",
    "MEMBER_RATING": "1 + dice('stars', members.person_no, 0, 5)",
    "OPTIN_TIME": "strftime(members.joined_at, '%Y-%m-%d %H:%M:%S')",
    "OPTIN_IP": "concat('203.0.113.', dice('ip', members.person_no, 0, 256))",
    "CONFIRM_TIME": "strftime(members.joined_at + interval 70 second, '%Y-%m-%d %H:%M:%S')",
    "CONFIRM_IP": "concat('203.0.113.', dice('ip', members.person_no, 0, 256))",
    "LATITUDE": "null",
    "LONGITUDE": "null",
    "GMTOFF": "null",
    "DSTOFF": "null",
    "TIMEZONE": "null",
    "CC": "if(happens('seen from', members.person_no, 0, 700), members.country_code, null)",
    "REGION": "null",
}
CHANGED = "strftime(coalesce(members.left_at, members.joined_at), '%Y-%m-%d %H:%M:%S')"
OWN_COLUMNS = {
    "subscribed": {"LAST_CHANGED": CHANGED},
    "unsubscribed": {
        "UNSUB_TIME": CHANGED,
        "UNSUB_CAMPAIGN_TITLE": "mailings.title",
        "UNSUB_CAMPAIGN_ID": "mailings.campaign_id",
        "UNSUB_REASON": "'NORMAL'",
        "UNSUB_REASON_OTHER": "null",
    },
    "cleaned": {
        "CLEAN_TIME": CHANGED,
        "CLEAN_CAMPAIGN_TITLE": "mailings.title",
        "CLEAN_CAMPAIGN_ID": "mailings.campaign_id",
    },
}
LAST_COLUMNS = {
    "LEID": "90000000 + members.person_no",
    "EUID": "left(hex('euid', members.person_no, 0), 10)",
    "NOTES": "null",
    "TAGS": """if(members.person_no % 7 = 0, '"VIP","Early"', null)""",
}


def members_sql(status: str) -> str:
    """The members who have the status on the night."""
    gone = "members.left_at < getvariable('night')"
    condition = f"{gone} and members.exit_kind = '{status}'"
    return f"""
        select {select_list(MEMBER_COLUMNS | OWN_COLUMNS[status] | LAST_COLUMNS)}
        from club_members as members
        left join club_mailings as mailings on mailings.mailing_no = members.exit_mailing_no
        where members.joined_at < getvariable('night')
          and {f"not coalesce({gone}, false)" if status == "subscribed" else condition}
        order by members.joined_at, members.person_no
    """


FIGURES = """
    with activities as (
        select
            campaign_id,
            subscriber_id,
            count(*) filter (where action = 'open') as open_count,
            count(*) filter (where action = 'click') as click_count
        from club_activities
        where occurred_at < getvariable('night')
        group by campaign_id, subscriber_id
    )
    select
        contacts.campaign_id,
        contacts.title,
        contacts.subject,
        contacts.sent_at,
        count(*) as recipients,
        count(*) filter (where contacts.is_bounced) as bounces,
        count(activities.open_count) filter (where activities.open_count > 0) as openers,
        coalesce(sum(activities.open_count), 0) as opens,
        count(activities.click_count) filter (where activities.click_count > 0) as clickers,
        coalesce(sum(activities.click_count), 0) as clicks,
        count(members.left_at) filter (
            where members.left_at < getvariable('night') and members.exit_kind = 'unsubscribed'
        ) as leavers
    from club_contacts as contacts
    left join club_members as members
        on members.person_no = contacts.person_no
        and members.exit_mailing_no = contacts.mailing_no
    left join activities
        on activities.campaign_id = contacts.campaign_id
        and activities.subscriber_id = contacts.subscriber_id
    where contacts.sent_at < getvariable('night')
    group by contacts.campaign_id, contacts.title, contacts.subject, contacts.sent_at
"""


def _rate(part: str) -> str:
    return f"round({part} * 100 / greatest(recipients - bounces, 1), 2)"


REPORT_COLUMNS = {
    "Title": "title",
    "Subject": "subject",
    "List": "'Tasting club'",
    "Send Date": "strftime(sent_at, '%b %d, %Y %I:%M %p')",
    "Send Weekday": "strftime(sent_at, '%A')",
    "Total Recipients": "recipients",
    "Successful Deliveries": "recipients - bounces",
    "Soft Bounces": "0",
    "Hard Bounces": "bounces",
    "Total Bounces": "bounces",
    "Times Forwarded": "0",
    "Forwarded Opens": "0",
    "Unique Opens": "openers",
    "Open Rate": f"concat({_rate('openers')}, '%')",
    "Total Opens": "opens",
    "Unique Clicks": "clickers",
    "Click Rate": f"concat({_rate('clickers')}, '%')",
    "Total Clicks": "clicks",
    "Unsubscribes": "leavers",
    "Abuse Complaints": "0",
}
LATER_COLUMNS = {
    "Times Liked on Facebook": "0",
    "Folder Id": "0",
    "Unique Id": "campaign_id",
    "Total Orders": "0",
    "Total Gross Sales": "0",
    "Total Revenue": "0",
    "Analytics ROI": "'n/a'",
    "Visits": "'n/a'",
}
# What an old Mac's spreadsheet makes of it
RESAVED_COLUMNS = {
    header.replace(" ", "_"): sql
    for header, sql in (
        REPORT_COLUMNS
        | {
            "Send Date": "strftime(sent_at, '%-m/%-d/%y %-H:%M')",
            "Open Rate": _rate("openers"),
            "Click Rate": _rate("clickers"),
            "Subject": "replace(subject, '’', '''')",
        }
    ).items()
}


def campaigns_sql(columns: dict[str, str]) -> str:
    """The report of all campaigns, the newest first."""
    return f"""
        select {select_list(columns)} from ({FIGURES}) order by sent_at desc
    """


API_REPORTS = f"""
    select
        list({{
            'id': campaign_id,
            'campaign_title': title,
            'type': 'regular',
            'list_id': '{AUDIENCE_ID}',
            'list_name': 'Tasting club',
            'subject_line': subject,
            'emails_sent': recipients,
            'abuse_reports': 0,
            'unsubscribed': leavers,
            'send_time': strftime(sent_at, '%Y-%m-%dT%H:%M:%S+00:00'),
            'bounces': {{'hard_bounces': bounces, 'soft_bounces': 0, 'syntax_errors': 0}},
            'opens': {{
                'opens_total': opens,
                'proxy_excluded_opens': opens * 2 // 3,
                'unique_opens': openers,
                'proxy_excluded_unique_opens': openers * 2 // 3,
                'open_rate': round(openers / greatest(recipients - bounces, 1), 4)
            }},
            'clicks': {{'clicks_total': clicks, 'unique_subscriber_clicks': clickers}}
        }} order by sent_at) as reports,
        count(*) as total_items
    from ({FIGURES})
    having count(*) > 0
"""

# Each answer is a page of one campaign's recipients, with all that they did so far
ACTIVITY_PAGES = f"""
    with actions as (
        select
            person_no,
            mailing_no,
            list({{
                'action': action,
                'type': if(action = 'bounce', 'hard', null),
                'timestamp': strftime(occurred_at, '%Y-%m-%dT%H:%M:%S+00:00'),
                'url': if(action = 'click', 'https://blog.example.org/tasting', null),
                'ip': concat('203.0.113.', dice('ip', person_no, 0, 256))
            }} order by occurred_at, kind) as activity
        from club_activities
        where occurred_at < getvariable('night')
        group by person_no, mailing_no
    ),
    numbered as (
        select
            contacts.*,
            coalesce(actions.activity, []) as activity,
            row_number() over (
                partition by contacts.mailing_no order by contacts.subscriber_id
            ) as recipient_no
        from club_contacts as contacts
        left join actions
            on actions.person_no = contacts.person_no
            and actions.mailing_no = contacts.mailing_no
        where contacts.sent_at < getvariable('night')
          and contacts.sent_at >= getvariable('window_start')
    )
    select
        list({{
            'campaign_id': campaign_id,
            'list_id': '{AUDIENCE_ID}',
            'list_is_active': true,
            'email_id': subscriber_id,
            'email_address': email,
            'activity': activity
        }} order by recipient_no) as emails,
        campaign_id,
        count(*) as total_items
    from numbered
    group by mailing_no, campaign_id, (recipient_no - 1) // {PAGE}
    order by mailing_no, (recipient_no - 1) // {PAGE}
"""


def write_mailchimp(world: World, outbox: Outbox, night: date) -> None:
    """The audience and the reports as they stand, the activity of the trailing days' campaigns."""
    files = []
    for status in OWN_COLUMNS:
        name = f"{status}_members_export_{night:%y%m%d}{AUDIENCE_ID[:4]}.csv"
        files.append(outbox.path("mailchimp", "", night, name))
        write_csv(world, members_sql(status), files[-1])
    archive = outbox.path("mailchimp", "", night, f"audience_export_{night:%y%m%d}.zip")
    outbox.done(bundle(files, archive))

    is_resaved = world.settings.nights.index(night) == 1
    columns = RESAVED_COLUMNS if is_resaved else REPORT_COLUMNS | LATER_COLUMNS
    path = outbox.path("mailchimp", "", night, "campaigns.csv")
    write_csv(world, campaigns_sql(columns), path)
    if is_resaved:
        wrap(path, encoding="mac_roman")
    outbox.done(path)

    for name, sql in (("email_activity.jsonl", ACTIVITY_PAGES), ("reports.json", API_REPORTS)):
        path = outbox.path("mailchimp", "", night, name)
        write_json_lines(world, sql, path)
        if path.stat().st_size:
            outbox.done(path)
        else:
            path.unlink()
