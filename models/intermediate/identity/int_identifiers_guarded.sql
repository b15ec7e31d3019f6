with

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}
    where denial_reason is null

),

counted as (

    select
        *,
        count(*) over (partition by source_record_id) as identifier_count
    from identifiers

),

-- what the identifier would bring together: the other identifiers of its records, and the record
-- itself where there is no other; but a shop knows its accounts, whose orders are one person's
neighbours as (

    select distinct
        these.identifier_key,
        those.identifier_type as linked_type,
        those.identifier_key as linked_key
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
        count(*) as linked_count
    from neighbours
    group by identifier_key, linked_type

),

guarded as (

    select
        identifier_key,
        split_part(identifier_key, ':', 1) as identifier_type,
        max(linked_count) as linked_count
    from links_by_type
    where linked_count > {{ var('max_records_per_identifier') | int }}
    group by identifier_key

)

select * from guarded
