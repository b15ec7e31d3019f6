with

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}

),

visitors as (

    select * from {{ ref('int_visitors_observed') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

browsers as (

    select * from {{ ref('int_browsers_linked') }}

),

sighted as (

    select * from {{ ref('int_browsers_sighted') }}

),

spells as (

    select * from {{ ref('int_browser_spells_cut') }}
    where spell_number = 1

),

matched as (

    select * from {{ ref('int_people_matched') }}
    where refusal_reason is null

),

-- numbers of components are tonight's, the least of a browser's cookies stays
browser_names as (

    select
        component as browser,
        min(node) as browser_name
    from browsers
    group by component

),

component_counts as (

    select
        browser,
        count(*) as component_count
    from sighted
    group by browser

),

-- the part of a visitor's record that lies in one spell is a record of its own
parts as (

    select
        coalesce(visitors.source_record_id, identifiers.source_record_id) as source_record_id,
        identifiers.identifier_type,
        case
            when identifiers.is_own and visitors.spell_number > 1
                then split_part(visitors.source_record_id, ':', 2)
            else identifiers.identifier
        end as identifier,
        identifiers.linking_key,
        case when identifiers.link_reason is null then identifiers.identifier_key end
            as browser_key,
        identifiers.link_reason,
        cast(null as decimal(7, 6)) as link_probability,
        identifiers.is_own,
        coalesce(visitors.first_seen_at, identifiers.first_seen_at) as first_seen_at,
        coalesce(visitors.last_seen_at, identifiers.last_seen_at) as last_seen_at
    from identifiers
    left join visitors on identifiers.source_record_id = visitors.whole_record_id

),

both_records as (

    select
        record_a as record_id,
        match_id,
        match_probability
    from matched

    union all

    select
        record_b as record_id,
        match_id,
        match_probability
    from matched

),

links as (

    select * from parts

    union all

    select
        record_id as source_record_id,
        'person_match' as identifier_type,
        match_id as identifier,
        'person_match:' || match_id as linking_key,
        cast(null as string) as browser_key,
        'probabilistic' as link_reason,
        match_probability as link_probability,
        false as is_own,
        cast(null as timestamp) as first_seen_at,
        cast(null as timestamp) as last_seen_at
    from both_records

),

-- one join for all links: customers read more than once would be held once more
explained as (

    select
        customers.customer_id,
        links.source_record_id,
        links.identifier_type,
        links.identifier,
        case
            when links.is_own then links.source_record_id
            when browsers.component is not null
                then browser_names.browser_name || '|' || customers.customer_id
            else links.linking_key
        end as linking_key,
        case
            when browsers.component is null then links.link_reason
            when spells.person_count > 1 then 'cut_by_time'
            when component_counts.component_count > 1 then 'same_name'
            else 'shared'
        end as link_reason,
        links.link_probability,
        links.is_own,
        links.first_seen_at,
        links.last_seen_at
    from links
    inner join customers on links.source_record_id = customers.identifier_key
    left join browsers on links.browser_key = browsers.node
    left join browser_names on browsers.component = browser_names.browser
    left join spells on browsers.component = spells.browser
    left join component_counts on browsers.component = component_counts.browser

)

select * from explained
