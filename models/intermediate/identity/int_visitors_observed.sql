with

identifiers as (

    select
        *,
        case when standing = 'browser' then identifier_key end as browser_key
    from {{ ref('int_identifiers_judged') }}
    where is_anonymous

),

browsers as (

    select * from {{ ref('int_browsers_linked') }}

),

spells as (

    select * from {{ ref('int_browser_spells_cut') }}

),

visited as (

    select * from {{ ref('int_shared_browsers_visited') }}

),

-- a web record of several carriers is one browser's
seated as (

    select
        identifiers.source_record_id,
        min(browsers.component) as browser,
        min(identifiers.first_seen_at) as first_seen_at,
        max(identifiers.last_seen_at) as last_seen_at
    from identifiers
    left join browsers on identifiers.browser_key = browsers.node
    group by identifiers.source_record_id

),

shared_browsers as (

    select distinct browser
    from visited

),

-- the spell that began last
marks as (

    select
        browser,
        spell_number,
        starts_at as marked_at,
        cast(null as string) as event_id,
        cast(null as string) as source_record_id
    from spells
    where starts_at is not null

    union all

    select
        browser,
        cast(null as bigint) as spell_number,
        occurred_at as marked_at,
        event_id,
        source_record_id
    from visited

),

placed as (

    select
        source_record_id,
        marked_at as occurred_at,
        coalesce(
            max(spell_number) over (
                partition by browser
                order by marked_at, event_id nulls first
                rows between unbounded preceding and current row
            ), 1
        ) as spell_number
    from marks

),

parts as (

    select
        seated.source_record_id as whole_record_id,
        seated.browser,
        1 as spell_number,
        seated.first_seen_at,
        seated.last_seen_at
    from seated
    left join shared_browsers on seated.browser = shared_browsers.browser
    where shared_browsers.browser is null

    union all

    select
        seated.source_record_id as whole_record_id,
        seated.browser,
        placed.spell_number,
        min(placed.occurred_at) as first_seen_at,
        max(placed.occurred_at) as last_seen_at
    from seated
    inner join placed on seated.source_record_id = placed.source_record_id
    group by seated.source_record_id, seated.browser, placed.spell_number

),

visitors as (

    select
        case
            when parts.spell_number = 1 then parts.whole_record_id
            else parts.whole_record_id || '-' || cast(parts.spell_number as string)
        end as source_record_id,
        parts.whole_record_id,
        coalesce(spells.person_key, parts.whole_record_id) as person_key,
        parts.browser,
        parts.spell_number,
        parts.first_seen_at,
        parts.last_seen_at
    from parts
    left join spells
        on parts.browser = spells.browser and parts.spell_number = spells.spell_number

)

select * from visitors
