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
        identifiers.identifier_key,
        identifiers.linking_key,
        case when identifiers.link_reason is null then identifiers.identifier_key end
            as browser_key,
        identifiers.link_reason,
        identifiers.is_own,
        coalesce(visitors.first_seen_at, identifiers.first_seen_at) as first_seen_at,
        coalesce(visitors.last_seen_at, identifiers.last_seen_at) as last_seen_at
    from identifiers
    left join visitors on identifiers.source_record_id = visitors.whole_record_id

),

explained as (

    select
        customers.customer_id,
        parts.source_record_id,
        parts.identifier_type,
        parts.identifier,
        case
            when parts.is_own then parts.source_record_id
            when browsers.component is not null
                then browser_names.browser_name || '|' || customers.customer_id
            else parts.linking_key
        end as linking_key,
        case
            when browsers.component is null then parts.link_reason
            when spells.person_count > 1 then 'cut_by_time'
            when component_counts.component_count > 1 then 'same_name'
            else 'shared'
        end as link_reason,
        cast(null as decimal(7, 6)) as link_probability,
        parts.is_own,
        parts.first_seen_at,
        parts.last_seen_at
    from parts
    inner join customers on parts.source_record_id = customers.identifier_key
    left join browsers on parts.browser_key = browsers.node
    left join browser_names on browsers.component = browser_names.browser
    left join spells on browsers.component = spells.browser
    left join component_counts on browsers.component = component_counts.browser

    union all

    select
        customers.customer_id,
        matched.record_a as source_record_id,
        'person_match' as identifier_type,
        matched.match_id as identifier,
        'person_match:' || matched.match_id as linking_key,
        'probabilistic' as link_reason,
        matched.match_probability as link_probability,
        false as is_own,
        cast(null as timestamp) as first_seen_at,
        cast(null as timestamp) as last_seen_at
    from matched
    inner join customers on matched.record_a = customers.identifier_key

    union all

    select
        customers.customer_id,
        matched.record_b as source_record_id,
        'person_match' as identifier_type,
        matched.match_id as identifier,
        'person_match:' || matched.match_id as linking_key,
        'probabilistic' as link_reason,
        matched.match_probability as link_probability,
        false as is_own,
        cast(null as timestamp) as first_seen_at,
        cast(null as timestamp) as last_seen_at
    from matched
    inner join customers on matched.record_b = customers.identifier_key

)

select * from explained
