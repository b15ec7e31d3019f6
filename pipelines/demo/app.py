"""The shop's app and its messages: push to phones and browsers, text, WhatsApp, a digest by e-mail.

Only people whose phone is theirs alone get messages on it, so that each recipient is one person.
Some opened the app as guests before they signed in; some direct visits begin with a push message.
"""

from __future__ import annotations

from pipelines.demo.world import World

USERS = """
create table lone_phones as
select min(person_no) as person_no, phone
from phones
group by phone
having count(*) = 1 and min(phone_no) = 1;

create table app_users as
with picked as (
    select
        people.person_no,
        people.first_day_no,
        contacts.email_1,
        contacts.phone_1,
        logins.shop_customer_id as login_id,
        happens('app', people.person_no, 0, 350) as has_app,
        happens('web push', people.person_no, 0, 200) as has_web_push
    from people
    inner join contacts on contacts.person_no = people.person_no
    left join shop_customers as logins
        on logins.person_no = people.person_no and logins.email_no = 1
)
select
    picked.person_no,
    picked.has_app,
    picked.has_web_push,
    picked.login_id,
    left(hex('app user', picked.person_no, 0), 24) as user_id,
    if(
        picked.has_app and happens('app guest', picked.person_no, 0, 250),
        left(hex('app guest', picked.person_no, 0), 24), null
    ) as guest_id,
    if(
        picked.login_id is not null and happens('app e-mail', picked.person_no, 0, 700),
        picked.email_1, null
    ) as email,
    if(happens('app phone', picked.person_no, 0, 700), lone_phones.phone, null) as phone,
    cast(getvariable('start') as timestamp) + to_days(picked.first_day_no)
    + to_seconds(20000 + dice('app joined', picked.person_no, 0, 40000)) as joined_at
from picked
left join lone_phones
    on lone_phones.person_no = picked.person_no and lone_phones.phone = picked.phone_1
where (picked.has_app or picked.has_web_push)
  and cast(getvariable('start') as timestamp) + to_days(picked.first_day_no + 1)
    < getvariable('world_end');

create table app_devices as
with owned as (
    select *, unnest([if(has_app, 'app_push', null), if(has_web_push, 'web_push', null)])
        as channel
    from app_users
)
select
    person_no,
    channel,
    if(
        channel = 'web_push', 'web', pick('app platform', person_no, 0, ['ios', 'android'])
    ) as platform,
    upper(uuid_of('app device', person_no, len(channel))) as device_id,
    hex('push token', person_no, len(channel)) || hex('push token', person_no, 99) as push_token,
    channel = 'web_push' or happens('push allowed', person_no, 0, 650) as is_allowed
from owned
where channel is not null;

create table app_campaigns as
with plans as (
    select * from (values
        ('app_push', 2, 7, 960, 'Fresh from the roaster'),
        ('web_push', 5, 14, 660, 'Back in stock'),
        ('sms', 6, 21, 600, 'Text club'),
        ('whatsapp', 9, 14, 720, 'Barista’s tip'),
        ('email', 8, 28, 390, 'App digest')
    ) as listed (channel, first_day, every_days, minute_of_day, name)
),
sends as (
    select
        *,
        unnest(range(first_day, getvariable('days'), every_days)) as day_no
    from plans
)
select
    row_number() over (order by day_no, channel) as campaign_no,
    channel,
    name,
    uuid_of('app campaign', row_number() over (order by day_no, channel), 0) as campaign_id,
    cast(getvariable('start') + cast(day_no as integer) as timestamp)
    + to_minutes(minute_of_day) as sent_at
from sends;
"""

CONTACTS = """
create table app_contacts as
with reachable as (
    select
        app_users.*,
        app_campaigns.*,
        app_devices.device_id,
        app_devices.push_token,
        app_devices.platform,
        happens('app leaves', app_users.person_no, app_campaigns.campaign_no, 15) as is_leaving
    from app_users
    inner join app_campaigns on app_campaigns.sent_at > app_users.joined_at + interval 1 day
    left join app_devices
        on app_devices.person_no = app_users.person_no
        and app_devices.channel = app_campaigns.channel
    where app_campaigns.sent_at < getvariable('world_end')
      and happens('app segment', app_users.person_no, app_campaigns.campaign_no, 700)
      and case app_campaigns.channel
        when 'email' then app_users.email is not null
        when 'sms' then app_users.phone is not null
            and happens('texts', app_users.person_no, 0, 700)
        when 'whatsapp' then app_users.phone is not null
            and happens('whatsapp', app_users.person_no, 0, 400)
        else app_devices.is_allowed
      end
),
left_before as (
    select
        *,
        coalesce(bool_or(is_leaving) over (
            partition by person_no, channel order by sent_at
            rows between unbounded preceding and 1 preceding
        ), false) as has_left
    from reachable
),
-- direct visits that begin with a message on the phone
openings as (
    select visits.person_no, sent.campaign_no, min(visits.occurred_at) as visited_at
    from visits
    asof inner join (select * from app_campaigns where channel = 'app_push') as sent
        on visits.occurred_at >= sent.sent_at + interval 5 minute
    where visits.channel = 'direct'
      and visits.occurred_at < sent.sent_at + interval 2 day
      and happens('by push', visits.visit_id, 0, 500)
    group by visits.person_no, sent.campaign_no
)
select
    left_before.* exclude (has_left),
    openings.visited_at,
    openings.visited_at is null and happens(
        'app fails', left_before.person_no, left_before.campaign_no, 15
    ) as is_failed
from left_before
left join openings
    on openings.person_no = left_before.person_no
    and openings.campaign_no = left_before.campaign_no
where not left_before.has_left;
"""

# Each contact's events by channel: name, whether it took place, seconds after the sending
STEPS = {
    "app_push": (
        ("pushnotification.Send", "true", "0"),
        ("pushnotification.Bounce", "is_failed", "1"),
        ("pushnotification.Open", "not is_failed and visited_at is not null", "null"),
        ("pushnotification.Open", "not is_failed and visited_at is null and {chance 60}", "{late}"),
    ),
    "web_push": (
        ("pushnotification.Send", "true", "0"),
        ("pushnotification.Bounce", "is_failed", "1"),
        ("pushnotification.Open", "not is_failed and {chance 90}", "{late}"),
    ),
    "sms": (
        ("sms.Send", "true", "0"),
        ("sms.Rejection", "is_failed", "4"),
        ("sms.Delivery", "not is_failed", "6"),
        ("sms.ShortLinkClick", "not is_failed and {chance 70}", "{late}"),
        ("sms.InboundReceive", "not is_failed and (is_leaving or {chance 30})", "{late} + 90"),
    ),
    "whatsapp": (
        ("whatsapp.Send", "true", "0"),
        ("whatsapp.Failure", "is_failed", "3"),
        ("whatsapp.Delivery", "not is_failed", "5"),
        ("whatsapp.Read", "not is_failed and (is_leaving or {chance 650})", "{late}"),
        ("whatsapp.InboundReceive", "not is_failed and is_leaving", "{late} + 60"),
    ),
    "email": (
        ("email.Send", "true", "0"),
        ("email.SoftBounce", "is_failed", "9"),
        ("email.Delivery", "not is_failed", "7"),
        ("email.Open", "not is_failed and (is_leaving or {chance 380})", "{late}"),
        ("email.Click", "not is_failed and {chance 60} and {chance 380}", "{late} + 40"),
        ("email.Unsubscribe", "not is_failed and is_leaving", "{late} + 70"),
    ),
}


def _filled(sql: str, event: str) -> str:
    """The lots of a contact and event: `{chance n}` in a thousand, `{late}` seconds."""
    lots = f"'app lot {event.split('.', maxsplit=1)[0]}', person_no, campaign_no"
    late = "60 + dice('app late', person_no, campaign_no, 40000)"
    filled = sql.replace("{late}", late)
    while "{chance " in filled:
        before, after = filled.split("{chance ", 1)
        per_thousand, rest = after.split("}", 1)
        filled = f"{before}happens({lots}, {per_thousand}){rest}"
    return filled


def _steps_sql() -> str:
    """One SELECT per channel and step."""
    return " union all ".join(
        f"""
        select *, 'users.messages.{event}' as event_type, {number} as step_no,
            coalesce(
                sent_at + to_seconds({_filled(seconds, event)}), visited_at - interval 6 second
            ) as occurred_at
        from app_contacts
        where channel = '{channel}' and ({_filled(condition, event)})
        """
        for channel, steps in STEPS.items()
        for number, (event, condition, seconds) in enumerate(steps)
    )


# What people state: the device's permission, the groups they join, and how they leave
EVENTS = f"""
create table app_events as
with steps as ({_steps_sql()}),
leavings as (
    select
        *,
        case
            when channel in ('app_push', 'web_push')
                then 'users.behaviors.pushnotification.TokenStateChange'
            when channel = 'email' then 'users.behaviors.subscription.GlobalStateChange'
            else 'users.behaviors.subscriptiongroup.StateChange'
        end as event_type,
        20 as step_no,
        sent_at + to_seconds({_filled("{late} + 95", "leaves")}) as occurred_at
    from app_contacts
    where is_leaving and not is_failed
),
joinings as (
    select
        app_users.*,
        0 as campaign_no, listed.channel, null as name, null as campaign_id,
        null::timestamp as sent_at, devices.device_id, devices.push_token, devices.platform,
        false as is_leaving, null::timestamp as visited_at, not devices.is_allowed as is_failed,
        listed.event_type, listed.step_no,
        app_users.joined_at + to_seconds(30 + listed.step_no) as occurred_at
    from app_users
    inner join (values
        ('app_push', 'users.behaviors.pushnotification.TokenStateChange', 31),
        ('web_push', 'users.behaviors.pushnotification.TokenStateChange', 32),
        ('sms', 'users.behaviors.subscriptiongroup.StateChange', 33),
        ('whatsapp', 'users.behaviors.subscriptiongroup.StateChange', 34),
        ('email', 'users.behaviors.subscription.GlobalStateChange', 35)
    ) as listed (channel, event_type, step_no) on case listed.channel
        when 'app_push' then app_users.has_app
        when 'web_push' then app_users.has_web_push
        when 'sms' then app_users.phone is not null
            and happens('texts', app_users.person_no, 0, 700)
        when 'whatsapp' then app_users.phone is not null
            and happens('whatsapp', app_users.person_no, 0, 400)
        else app_users.email is not null and happens('digest', app_users.person_no, 0, 600)
    end
    left join app_devices as devices
        on devices.person_no = app_users.person_no and devices.channel = listed.channel
),
-- a guest's first moments: the device is the same, the user is not
visits_as_guest as (
    select * replace (
        guest_id as user_id, null as login_id, 36 as step_no,
        occurred_at - interval 2 hour as occurred_at
    )
    from joinings
    where guest_id is not null and channel = 'app_push'
),
unioned as (
    select * from steps
    union all by name select * from leavings
    union all by name select * from joinings
    union all by name select * from visits_as_guest
)
select *, uuid_of(event_type, person_no, campaign_no * 100 + step_no) as event_id
from unioned
where occurred_at < getvariable('world_end')
order by occurred_at, event_id;
"""


def make_app(world: World) -> None:
    """Tables app_users, app_devices, app_campaigns, app_contacts and app_events."""
    world.run(USERS, CONTACTS, EVENTS)
