with

browsers as (

    select distinct component as browser
    from {{ ref('int_browsers_linked') }}

),

carriers as (

    select * from {{ ref('int_browsers_linked') }}

),

sighted as (

    select * from {{ ref('int_browsers_sighted') }}

),

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

people as (

    select * from {{ ref('int_people_linked') }}

),

matched as (

    select * from {{ ref('int_browsers_matched') }}

),

visited as (

    select * from {{ ref('int_shared_browsers_visited') }}

),

people_sighted as (

    select
        sighted.browser,
        count(distinct people.component) as person_count,
        min(people.component) as person
    from sighted
    inner join people on cast(sighted.component as string) = people.node
    group by sighted.browser

),

-- who a shared browser tells of, and when: first the words of the event itself, then what the
-- shop and the mail tool know of it
moments as (

    select
        browser,
        source_record_id,
        occurred_at,
        1 as precedence
    from visited

    union all

    select
        carriers.component as browser,
        matched.source_record_id,
        matched.first_seen_at as occurred_at,
        case when matched.identifier_type = 'click_id' then 3 else 2 end as precedence
    from matched
    inner join carriers on 'anonymous_id:' || matched.anonymous_id = carriers.node

    union all

    select
        carriers.component as browser,
        matched.source_record_id,
        matched.last_seen_at as occurred_at,
        case when matched.identifier_type = 'click_id' then 3 else 2 end as precedence
    from matched
    inner join carriers on 'anonymous_id:' || matched.anonymous_id = carriers.node

),

told as (

    select
        moments.browser,
        moments.occurred_at,
        moments.precedence,
        min(people.component) as person,
        count(distinct people.component) as person_count
    from moments
    inner join people_sighted
        on moments.browser = people_sighted.browser and people_sighted.person_count > 1
    inner join linked on moments.source_record_id = linked.node
    inner join people on cast(linked.component as string) = people.node
    group by moments.browser, moments.occurred_at, moments.precedence

),

ranked as (

    select
        *,
        row_number() over (
            partition by browser, occurred_at order by precedence
        ) as precedence_rank
    from told

),

-- a moment that tells of two people tells of none
followed as (

    select
        browser,
        person,
        occurred_at,
        lag(person) over (partition by browser order by occurred_at) as previous_person,
        lag(occurred_at) over (partition by browser order by occurred_at) as previous_at
    from ranked
    where precedence_rank = 1 and person_count = 1

),

visits as (

    select
        browser,
        occurred_at,
        min(visit_started_at) as visit_started_at
    from visited
    group by browser, occurred_at

),

-- who signs in has sat there since the visit began
turns as (

    select
        followed.browser,
        followed.person,
        case
            when followed.previous_person is null then null
            when visits.visit_started_at > followed.previous_at then visits.visit_started_at
            else followed.occurred_at
        end as starts_at,
        row_number() over (
            partition by followed.browser order by followed.occurred_at
        ) as spell_number
    from followed
    left join visits
        on followed.browser = visits.browser and followed.occurred_at = visits.occurred_at
    where followed.person is distinct from followed.previous_person

),

spells as (

    select
        browsers.browser,
        case
            when people_sighted.person_count = 1
                then 'person ' || cast(people_sighted.person as string)
            when turns.person is not null then 'person ' || cast(turns.person as string)
            else 'browser ' || cast(browsers.browser as string)
        end as person_key,
        coalesce(turns.spell_number, 1) as spell_number,
        coalesce(people_sighted.person_count, 0) as person_count,
        turns.starts_at,
        lead(turns.starts_at) over (
            partition by browsers.browser order by turns.spell_number
        ) as ends_at
    from browsers
    left join people_sighted on browsers.browser = people_sighted.browser
    left join turns on browsers.browser = turns.browser

)

select * from spells
