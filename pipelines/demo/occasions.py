"""What may bring people to the shop: ads, days, channels and mailings, as slots to draw from."""

from __future__ import annotations

from pipelines.demo.world import World

AD_UNITS = """
create table ad_units as
with units as (
    select
        *,
        unnest(string_split(ads, '|')) as ad_name,
        unnest(range(1, len(string_split(ads, '|')) + 1)) as ad_no,
        string_split(keywords, '|') as keyword_list
    from ad_groups
),
keyed as (
    select
        *,
        unnest(keyword_list) as keyword_or_blank,
        unnest(range(len(keyword_list))) as keyword_no
    from units
)
select
    row_number() over (order by group_no, ad_no, keyword_no) as unit_no,
    * exclude (ads, keywords, keyword_or_blank, keyword_list),
    nullif(keyword_or_blank, '') as keyword,
    len(keyword_list) as keyword_count,
    12 * weight / (len(keyword_list) * len(string_split(ads, '|'))) as points,
    if(
        platform = 'google',
        cast(20000000000 + campaign_no * 7919 as varchar),
        cast(12020000000000000 + campaign_no * 10007 as varchar)
    ) as campaign_id,
    if(
        platform = 'google',
        cast(150000000000 + group_no * 104729 as varchar),
        cast(12021000000000000 + group_no * 10009 as varchar)
    ) as ad_group_id,
    if(
        platform = 'google',
        cast(690000000000 + (group_no * 10 + ad_no) * 7907 as varchar),
        cast(12022000000000000 + (group_no * 10 + ad_no) * 10037 as varchar)
    ) as ad_id
from keyed;

create table unit_slots as
with expanded as (
    select channel, unnest(string_split(markets, ' ')) as market, unit_no,
        unnest(range(cast(points as bigint))) as point
    from ad_units
)
select
    channel, market, unit_no,
    row_number() over (partition by channel, market order by unit_no, point) - 1 as slot,
    count(*) over (partition by channel, market) as slot_count
from expanded;
"""

CALENDAR = """
create table days as
select
    day_no,
    getvariable('start') + cast(day_no as integer) as day,
    -- more on weekends, and a wave through the year
    [13, 10, 11, 10, 10, 9, 12][1 + dayofweek(getvariable('start') + cast(day_no as integer))]
    + cast(round(2 * sin(day_no / 13.0)) as integer) as points,
    month(getvariable('start') + cast(day_no as integer)) // 3 % 4 + 1 as season_no
from range(getvariable('days')) as numbers (day_no);

create table day_slots as
select row_number() over (order by day_no, point) - 1 as slot, day_no, day
from (select day_no, day, unnest(range(points)) as point from days);

create table channel_slots as
select 'new' as stage, name as channel,
    row_number() over (order by channel_no, point) - 1 as slot
from (select channel_no, name, unnest(range(new)) as point from channels)
union all
select 'known', name, row_number() over (order by channel_no, point) - 1
from (select channel_no, name, unnest(range(known)) as point from channels);

create table mailings as
with sends as (
    select 'klaviyo' as tool, getvariable('start') - 7 + cast(n as integer) as day
    from range(0, getvariable('days') + 7, 7) as weeks (n)
    union all
    select 'marketo', getvariable('start') - 5 + cast(n as integer)
    from range(0, getvariable('days') + 5, 14) as weeks (n)
),
numbered as (
    select row_number() over (order by day, tool) as mailing_no, tool, day from sends
)
select
    numbered.mailing_no,
    numbered.tool,
    cast(numbered.day as timestamp) + interval 7 hour as sent_at,
    concat(strftime(numbered.day, '%Y-%m-%d '), topics.topic) as name,
    topics.topic as subject,
    upper(left(concat('01', hex('mailing', numbered.mailing_no, 0)), 26)) as mailing_id
from numbered
inner join topics on topics.topic_no = (numbered.mailing_no - 1) % (select count(*) from topics)
where cast(numbered.day as timestamp) + interval 7 hour < getvariable('world_end');
"""


def make_occasions(world: World) -> None:
    """Tables ad_units, mailings and days; unit_slots, day_slots and channel_slots to draw from."""
    world.run(AD_UNITS, CALENDAR)
