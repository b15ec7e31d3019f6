"""Who lives in the demo world: people, their homes, e-mails, phones and records in each system."""

from __future__ import annotations

from pipelines.demo.world import World

# A second member of a household has the home of the person before: name, address and phone
PEOPLE = """
create table drawn as
select
    person_no,
    person_no < getvariable('customers') as is_known,
    if(
        person_no % 2 = 1 and happens('household', person_no, 0, 120), person_no - 1, person_no
    ) as home_no
from range(cast(getvariable('customers') * 1.6 as bigint)) as numbers (person_no);

create table country_slots as
select
    row_number() over (order by country_no, slot) - 1 as slot,
    country_no
from (select country_no, unnest(range(weight)) as slot from countries);

create table homes as
select
    drawn.person_no as home_no,
    countries.country_no,
    countries.code as country_code,
    countries.name as country,
    countries.market,
    countries.shop,
    countries.language,
    pick('city', drawn.person_no, 0, countries.cities) as city,
    pick('family', drawn.person_no, 0, string_split(countries.families, ' ')) as last_name,
    concat(
        pick('street', drawn.person_no, 0, string_split(countries.streets, ',')), ' ',
        1 + dice('house', drawn.person_no, 0, 120)
    ) as street,
    lpad(cast(dice('zip', drawn.person_no, 0, 100) as varchar), 2, '0') as zip_end
from drawn
inner join country_slots on country_slots.slot = dice('country', drawn.person_no, 0, 1000)
inner join countries on countries.country_no = country_slots.country_no
where drawn.person_no = drawn.home_no
   or drawn.person_no in (select home_no from drawn);

create macro names_of(person_no, women, men) as
    string_split(if(happens('woman', person_no, 0, 560), women, men), ' ');
create macro first_of(person_no, women, men) as
    pick('first', person_no, 0, names_of(person_no, women, men));

create table people as
select
    drawn.person_no,
    drawn.is_known,
    homes.* exclude (city, zip_end),
    homes.city.name as city,
    homes.city.region_code as region_code,
    homes.city.region as region,
    homes.city.zip_start || homes.zip_end as zip,
    if(happens('woman', drawn.person_no, 0, 560), 'female', 'male') as gender,
    -- nobody is called like the other one at home
    if(
        drawn.person_no = homes.home_no,
        first_of(drawn.person_no, countries.women, countries.men),
        pick('first', drawn.person_no, 0, list_filter(
            names_of(drawn.person_no, countries.women, countries.men),
            lambda name: name <> first_of(homes.home_no, countries.women, countries.men)
        ))
    ) as first_name,
    date '1946-01-01' + dice('birth', drawn.person_no, 0, 22000) as birth_date,
    -- how often they come: an exponential, as in most shops
    least(4.0, greatest(0.15, -ln(1 - chance('activity', drawn.person_no, 0)))) as activity,
    -- how readily they buy, 1 on average
    least(4.0, greatest(0.10, -ln(1 - chance('propensity', drawn.person_no, 0)))) as propensity,
    -- the first and last day on which they may come: some are new, some are lost
    if(
        happens('old', drawn.person_no, 0, 500), 0,
        dice('entry', drawn.person_no, 0, getvariable('days') * 9 // 10)
    ) as first_day_no,
    if(
        happens('stays', drawn.person_no, 0, 700), 100000,
        10 + dice('exit', drawn.person_no, 0, getvariable('days'))
    ) as active_days,
    1 + dice('devices', drawn.person_no, 0, 5) // 2 as device_count,
    drawn.is_known and happens('newsletter', drawn.person_no, 0, 620) as is_subscribed,
    drawn.is_known and (
        happens('lead', drawn.person_no, 0, 300)
        or not happens('newsletter', drawn.person_no, 0, 620)
        and happens('lead or profile', drawn.person_no, 0, 500)
    ) as is_lead,
    drawn.is_known and (
        happens('newsletter', drawn.person_no, 0, 620)
        or not happens('lead', drawn.person_no, 0, 300)
        and not happens('lead or profile', drawn.person_no, 0, 500)
    ) as is_profile
from drawn
inner join homes on homes.home_no = drawn.home_no
inner join countries on countries.country_no = homes.country_no;
"""

EMAILS = """
create table emails as
with numbered as (
    select person_no, first_name, last_name, unnest([1, 2, 3]) as email_no
    from people
    where is_known
)
select
    person_no,
    email_no,
    case email_no
        when 1 then concat(plain(first_name), '.', plain(last_name), person_no, '@example.com')
        when 2 then concat(plain(first_name)[1], plain(last_name), '.', person_no, '@example.org')
        else concat('hello.', plain(first_name), person_no, '@mail.example.net')
    end as email
from numbered
where email_no = 1
   or email_no = 2 and happens('second e-mail', person_no, 0, 250)
   or email_no = 3 and happens('second e-mail', person_no, 0, 40);
"""

# The reserved numbers are dealt in turn; when a country has given out its last, the rest have none
PHONES = """
create table phone_slots as
with blocks as (
    select country_no, unnest(phones, recursive := true) from countries where len(phones) > 0
),
numbers as (
    select country_no, country_code, trunk, unnest(range(start, start + count)) as number
    from blocks
)
select
    country_no,
    row_number() over (partition by country_no order by roll('deal', number, 0), number) as slot,
    concat('+', number) as phone,
    concat(trunk, substr(cast(number as varchar), len(country_code) + 1)) as national_phone
from numbers;

create table phones as
with wished as (
    select home_no, country_no, unnest([1, 2]) as phone_no
    from homes
    where home_no < getvariable('customers') and happens('phone', home_no, 0, 700)
),
dealt as (
    select *, row_number() over (partition by country_no order by phone_no, home_no) as slot
    from wished
    where phone_no = 1 or happens('second phone', home_no, 0, 100)
)
select
    people.person_no,
    dealt.phone_no,
    phone_slots.phone,
    phone_slots.national_phone
from dealt
inner join phone_slots
    on phone_slots.country_no = dealt.country_no and phone_slots.slot = dealt.slot
inner join people on people.home_no = dealt.home_no
where people.is_known and (dealt.phone_no = 1 or people.person_no = people.home_no);

create table contacts as
select
    people.person_no,
    max(emails.email) filter (where emails.email_no = 1) as email_1,
    max(emails.email) filter (where emails.email_no = 2) as email_2,
    max(emails.email) filter (where emails.email_no = 3) as email_3,
    max(phones.phone) filter (where phones.phone_no = 1) as phone_1,
    max(phones.phone) filter (where phones.phone_no = 2) as phone_2,
    max(phones.national_phone) filter (where phones.phone_no = 1) as national_phone
from people
inner join emails on emails.person_no = people.person_no
left join phones on phones.person_no = people.person_no
group by people.person_no;
"""


def make_people(world: World) -> None:
    """Tables people, emails, phones and contacts (one row per known person)."""
    world.run(PEOPLE, EMAILS, PHONES)
