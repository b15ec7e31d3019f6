"""Google Ads: rows as the API answers them, of the Nordic account, and the clicks of both."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, write_json_lines
from pipelines.demo.world import World

API_CAMPAIGNS = """
select
    {'id': campaign_id, 'name': campaign, 'advertisingChannelType': upper(campaign_type)}
        as campaign,
    {'date': day, 'adNetworkType': 'SEARCH'} as segments,
    {
        'impressions': cast(sum(impressions) as varchar),
        'clicks': cast(sum(clicks) as varchar),
        'costMicros': cast(cast(sum(spend_cents) * 10000 as bigint) as varchar),
        'conversions': cast(sum(hundredths) as bigint) / 100.0,
        'conversionsValue': cast(sum(value_cents) as bigint) / 100.0
    } as metrics,
    {
        'id': replace(account_id, '-', ''), 'currencyCode': currency,
        'timeZone': 'Europe/Stockholm'
    } as customer
from ads_tonight
where platform = 'google' and account = 'nordics'
group by campaign_id, campaign, campaign_type, account_id, currency, day
having sum(impressions) > 0
order by day, campaign_id
"""

# Every click the shop saw arrive with its gclid, and as many that it never saw
API_CLICKS = """
with clicked as (
    select
        visits.occurred_at, visits.visit_id, visits.unit_no, unnest([true, false]) as has_arrived
    from visits
    inner join landings on landings.visit_id = visits.visit_id
    where landings.click_id_kind = 'gclid'
)
select
    {'gclid': if(
        clicked.has_arrived, landings.click_id, concat('Cj0KCQjw', hex('lost', visit_id, 0))
    ), 'adGroupAd': concat(
        'customers/', replace(account_id, '-', ''), '/adGroupAds/', ad_group_id, '~', ad_id
    ), 'keywordInfo': if(
        keyword is null, null, {'text': keyword, 'matchType': 'EXACT'}
    )} as "clickView",
    {'id': campaign_id, 'name': campaign} as campaign,
    {'id': ad_group_id, 'name': ad_group} as "adGroup",
    {'date': cast(clicked.occurred_at as date), 'device': if(
        dice('click device', visit_id, 0, 2) = 0, 'MOBILE', 'DESKTOP'
    ), 'clickType': 'URL_CLICKS'} as segments,
    {'id': replace(account_id, '-', '')} as customer
from clicked
inner join landings using (visit_id)
inner join ad_units on ad_units.unit_no = clicked.unit_no
where ad_units.platform = 'google'
  and ad_units.account = '$account'
  and clicked.occurred_at >= getvariable('window_start')
  and clicked.occurred_at < getvariable('night')
order by clicked.occurred_at, visit_id, has_arrived desc
"""


def write_google_api(world: World, outbox: Outbox, night: date) -> None:
    """Campaign days of one account, the clicks of both."""
    path = outbox.path("google_ads", "nordics", night, "campaigns.jsonl")
    write_json_lines(world, API_CAMPAIGNS, path)
    outbox.done(path)
    for account in ("main", "nordics"):
        path = outbox.path("google_ads", account, night, "click_view.jsonl")
        write_json_lines(world, API_CLICKS.replace("$account", account), path)
        outbox.done(path)
