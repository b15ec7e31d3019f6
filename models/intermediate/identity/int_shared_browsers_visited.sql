with

web_events as (

    select
        event_id,
        'web_identity_id:' || {{ web_identity_id() }} as source_record_id,
        occurred_at
    from {{ ref('int_web_events_unioned') }}
    where not coalesce(is_bot, false)

),

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}
    where standing = 'browser' and split_part(source_record_id, ':', 1) = 'web_identity_id'

),

browsers as (

    select * from {{ ref('int_browsers_linked') }}

),

sighted as (

    select * from {{ ref('int_browsers_sighted') }}

),

people as (

    select * from {{ ref('int_people_linked') }}

),

shared_browsers as (

    select sighted.browser
    from sighted
    inner join people on cast(sighted.component as string) = people.node
    group by sighted.browser
    having count(distinct people.component) > 1

),

records as (

    select distinct
        identifiers.source_record_id,
        shared_browsers.browser
    from identifiers
    inner join browsers on identifiers.identifier_key = browsers.node
    inner join shared_browsers on browsers.component = shared_browsers.browser

),

visited as (

    select
        records.browser,
        web_events.event_id,
        records.source_record_id,
        web_events.occurred_at
    from web_events
    inner join records on web_events.source_record_id = records.source_record_id

),

followed as (

    select
        *,
        lag(occurred_at) over (
            partition by browser order by occurred_at, event_id
        ) as previous_at
    from visited

),

-- half an hour of silence ends a visit, as in sessions
begun as (

    select
        *,
        case
            when previous_at is null or previous_at < occurred_at - interval '30' minute
                then occurred_at
        end as begun_at
    from followed

),

final as (

    select
        browser,
        event_id,
        source_record_id,
        max(begun_at) over (
            partition by browser
            order by occurred_at, event_id
            rows between unbounded preceding and current row
        ) as visit_started_at,
        occurred_at
    from begun

)

select * from final
