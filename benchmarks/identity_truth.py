"""Who the source records of a demo world truly are, as SQL over its warehouse and its truth."""

from __future__ import annotations

# Who sat at the browser: an event is of the visit that began last at it, and a web record is of the
# person of most of its events
WEB_RECORDS = """
create temp table web_records as
with placed as (
    select
        events.occurred_at,
        events.anonymous_id,
        'web_identity_id:' || identities.web_identity_id as whole_record_id,
        visits.person_no
    from intermediate.int_web_events_unioned as events
    inner join intermediate.int_web_identities_observed as identities
        on events.anonymous_id = identities.anonymous_id
        and events.user_id is not distinct from identities.user_id
        and events.email is not distinct from identities.email
        and events.phone is not distinct from identities.phone
        and events.device_id is not distinct from identities.device_id
        and events.device_token is not distinct from identities.push_token
    asof inner join read_parquet('{truth}/visits.parquet') as visits
        on visits.anonymous_id = events.anonymous_id
        and visits.occurred_at <= events.occurred_at
),
counted as (
    select
        coalesce(visitors.source_record_id, placed.whole_record_id) as source_record_id,
        placed.person_no,
        count(*) as event_count
    from placed
    left join intermediate.int_cookie_spells as spells
        on spells.anonymous_id = placed.anonymous_id
        and (spells.starts_at is null or spells.starts_at <= placed.occurred_at)
        and (spells.ends_at is null or spells.ends_at > placed.occurred_at)
    left join intermediate.int_visitors_observed as visitors
        on visitors.whole_record_id = placed.whole_record_id
        and visitors.spell_number = spells.spell_number
    group by all
)
select source_record_id, arg_max(person_no, (event_count, -person_no)) as person_no
from counted
group by source_record_id
"""

# Visits at browsers that two people use, and those of them that went to the visitor's customer
TURNS = """
with shared as (
    select anonymous_id from read_parquet('{truth}/visits.parquet')
    group by anonymous_id having count(distinct person_no) > 1
),
people as (
    select customer_id, arg_max(person_no, (record_count, -person_no)) as person_no
    from (select customer_id, person_no, count(*) as record_count from records group by all)
    group by customer_id
)
select count(*), count(*) filter (people.person_no = visits.person_no)
from read_parquet('{truth}/visits.parquet') as visits
semi join shared using (anonymous_id)
semi join (select distinct anonymous_id from intermediate.int_web_events_unioned) as landed
    using (anonymous_id)
left join intermediate.int_cookie_spells as spells
    on spells.anonymous_id = visits.anonymous_id
    and (spells.starts_at is null or spells.starts_at <= visits.occurred_at)
    and (spells.ends_at is null or spells.ends_at > visits.occurred_at)
left join people on people.customer_id = spells.customer_id
"""

# Each source record with its customer, its person and the person's household: the least number
# among those who share an identifier in the truth
RECORDS = """
create temp table records as
with known as (
    select 'order_id:' || order_id as source_record_id, person_no
    from read_parquet('{truth}/orders.parquet')
    union all
    select 'customer_record_id:' || customers.customer_record_id, identifiers.person_no
    from (
        select distinct customer_record_id, shop_customer_id from intermediate.int_customers_unioned
    ) as customers
    inner join read_parquet('{truth}/identifiers.parquet') as identifiers
        on identifiers.identifier_type = 'shopify_customer_id'
        and identifiers.identifier = customers.shop_customer_id
    union all
    select own_types.own_type || ':' || identifiers.identifier, identifiers.person_no
    from read_parquet('{truth}/identifiers.parquet') as identifiers
    inner join (values
        ('lead_id', 'marketo_lead_id'),
        ('profile_id', 'klaviyo_profile_id'),
        ('subscriber_id', 'mailchimp_email_id')
    ) as own_types (own_type, true_type) on own_types.true_type = identifiers.identifier_type
    union all
    -- the rest the truth names as identity does
    select identifier_type || ':' || identifier, person_no
    from read_parquet('{truth}/identifiers.parquet') where identifier_type in (
        select distinct own_identifier_type from intermediate.int_contacts_observed
    )
    union all
    select source_record_id, person_no from web_records
),
shared as (
    select person_no, min(person_no) over (partition by identifier) as household_no
    from read_parquet('{truth}/identifiers.parquet') where is_shared
),
households as (
    select person_no, min(household_no) as household_no from shared group by person_no
)
select
    observed.source_record_id,
    split_part(observed.source_record_id, ':', 1) as kind,
    any_value(observed.customer_id) as customer_id,
    any_value(known.person_no) as person_no,
    any_value(coalesce(households.household_no, known.person_no)) as household_no
from marts.customer_identifiers as observed
left join known on known.source_record_id = observed.source_record_id
left join households on households.person_no = known.person_no
group by observed.source_record_id
"""

# What leads from one record of a person to another: an identifier that nobody else's record carries
LINKS = """
select
    carried.source_record_id,
    carried.identifier_type || ':' || carried.identifier as identifier
from marts.customer_identifiers as carried
inner join records on records.source_record_id = carried.source_record_id
where carried.link_reason <> 'probabilistic'
window same_identifier as (partition by carried.identifier_type, carried.identifier)
qualify
    min(records.person_no) over same_identifier = max(records.person_no) over same_identifier
"""
