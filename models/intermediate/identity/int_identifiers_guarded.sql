with

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}
    where denial_reason is null

),

-- what only shows who was at a browser brings nothing together by itself
identifier_types as (

    select * from {{ ref('identifier_types') }}
    where link_kind <> 'moment'

),

counted as (

    select
        identifiers.source_record_id,
        identifiers.identifier_key,
        identifiers.identifier_type,
        identifiers.is_own,
        identifier_types.link_kind,
        count(*) over (partition by identifiers.source_record_id) as identifier_count
    from identifiers
    inner join identifier_types
        on identifiers.identifier_type = identifier_types.identifier_type

),

-- what the identifier would bring together: the other identifiers of its records, and the record
-- itself where there is no other; but a shop knows its accounts, whose orders are one person's
neighbours as (

    select distinct
        these.identifier_key,
        those.identifier_type as linked_type,
        those.identifier_key as linked_key,
        -- one person has many cookies, for browsers forget them
        case when those.link_kind = 'browser' then 10 else 1 end as allowance
    from counted as these
    inner join counted as those
        on these.source_record_id = those.source_record_id
        and these.identifier_key <> those.identifier_key
    where
        not these.is_own
        and (
            not those.is_own
            or (those.identifier_count = 2 and these.identifier_type <> 'shop_customer_id')
        )

),

links_by_type as (

    select
        identifier_key,
        linked_type,
        allowance,
        count(*) as linked_count
    from neighbours
    group by identifier_key, linked_type, allowance

),

guarded as (

    select
        identifier_key,
        split_part(identifier_key, ':', 1) as identifier_type,
        max(linked_count) as linked_count
    from links_by_type
    where linked_count > {{ var('max_records_per_identifier') | int }} * allowance
    group by identifier_key

)

select * from guarded
