"""What a visit's first page looks like from outside: address, campaign parameters, click id."""

from __future__ import annotations

from pipelines.demo.world import World

# utm_campaign as advertisers really fill it: the name, the id, or a slug typed by hand
LANDINGS = """
create table landings as
with arrived as (
    select
        visits.visit_id,
        visits.person_no,
        visits.mailing_no,
        visits.channel,
        channels.referrer,
        channels.utm_source,
        channels.utm_medium,
        ad_units.platform,
        ad_units.account,
        ad_units.campaign_id,
        replace(ad_units.campaign, chr(10), ' ') as campaign,
        ad_units.ad_name,
        ad_units.keyword,
        mailings.tool,
        mailings.name as mailing,
        variants.handle,
        case
            -- parameters get lost on the way: redirects, apps, careless links
            when ad_units.platform = 'google' then not happens('lost', visits.visit_id, 0, 80)
            when ad_units.platform = 'meta' then not happens('lost', visits.visit_id, 0, 50)
            when visits.mailing_no is not null then not happens('lost', visits.visit_id, 0, 100)
            else false
        end as is_tagged
    from visits
    inner join channels on channels.name = visits.channel
    inner join variants on variants.variant_no = 1 + dice(
        'lands on', visits.visit_id, 0, (select count(*) from variants)
    )
    left join ad_units on ad_units.unit_no = visits.unit_no
    left join mailings on mailings.mailing_no = visits.mailing_no
),
tagged as (
    select
        visit_id,
        person_no,
        mailing_no,
        handle,
        nullif(referrer, '') as site_referrer,
        channel,
        if(is_tagged, coalesce(tool, nullif(utm_source, '')), null) as utm_source,
        if(is_tagged, utm_medium, null) as utm_medium,
        case
            when not is_tagged then null
            when happens('stray', visit_id, 0, 15) then 'spring_test'
            when account = 'nordics' then campaign_id
            when account = 'us' then replace(plain(campaign), '-', '_')
            else coalesce(campaign, mailing)
        end as utm_campaign,
        if(is_tagged, ad_name, null) as utm_content,
        if(is_tagged, keyword, null) as utm_term,
        case
            when platform = 'google' and happens('gbraid', visit_id, 0, 80) then 'gbraid'
            when platform = 'google' then 'gclid'
            when platform = 'meta' then 'fbclid'
            when tool = 'klaviyo' then '_kx'
            when tool = 'marketo' then 'mkt_tok'
        end as click_id_kind,
        case
            when platform = 'google' then concat('Cj0KCQjw', hex('gclid', visit_id, 0))
            when platform = 'meta' then concat('IwAR', hex('fbclid', visit_id, 0))
            -- the links of a mail are one person's, however often they are clicked
            when tool is not null then hex('mail link', person_no, mailing_no)
        end as click_id
    from arrived
)
select
    * exclude (site_referrer, channel, handle, person_no, mailing_no),
    case
        when channel like 'meta%' then 'https://l.facebook.com/'
        else site_referrer
    end as referrer,
    concat(
        if(happens('home page', visit_id, 0, 400), '/', concat('/products/', handle)),
        if(is_any, concat('?', concat_ws('&',
            'utm_source=' || url_encode(utm_source),
            'utm_medium=' || url_encode(utm_medium),
            'utm_campaign=' || url_encode(utm_campaign),
            'utm_content=' || url_encode(utm_content),
            'utm_term=' || url_encode(utm_term),
            click_id_kind || '=' || click_id
        )), '')
    ) as landing_path
from (select *, coalesce(utm_source, click_id) is not null as is_any from tagged);
"""

# The pages of a visit, and what a buyer does after them
WEB_EVENTS = """
create table web_events as
with paged as (
    select
        visits.visit_id,
        visits.occurred_at as visited_at,
        visits.has_order,
        1 + dice('pages', visits.visit_id, 0, 4) as page_count
    from visit_outcomes as visits
),
steps as (
    select
        *,
        unnest(
            list_transform(
                range(1, page_count + 1),
                lambda n: if(n = 1, 'landing', if(n % 2 = 0, 'product', 'page'))
            )
            || if(has_order, ['added', 'checkout', 'identify', 'ordered'], [])
            || if(not has_order and sign_ins.visit_id is not null, ['identify'], [])
        ) as kind,
        unnest(range(
            1,
            1 + page_count + if(has_order, 4, if(sign_ins.visit_id is not null, 1, 0))
        )) as event_no
    from paged
    left join sign_ins using (visit_id)
),
keyed as (
    select *, if(kind = 'ordered', visit_id, null) as order_visit_id from steps
)
select
    steps.visit_id,
    steps.event_no,
    steps.kind,
    if(
        steps.kind = 'ordered', orders.ordered_at,
        steps.visited_at + to_seconds(
            (steps.event_no - 1) * 30 + if(steps.event_no = 1, 0, dice(
                'lingers', steps.visit_id, steps.event_no, 29
            ))
        )
    ) as occurred_at
from keyed as steps
left join orders on orders.visit_id = steps.order_visit_id
order by occurred_at, visit_id, event_no;
"""


def make_landings(world: World) -> None:
    """Tables landings (one row per visit) and web_events (in order of time)."""
    world.run(LANDINGS, WEB_EVENTS)
