with

lead_merges as (

    select * from {{ ref('stg_marketo__lead_merges') }}

),

hubspot_aliases as (

    select * from {{ ref('int_hubspot_aliases_split') }}

),

merged_records as (

    select
        'lead_id:' || surviving_lead_id as source_record_id,
        'lead_id' as identifier_type,
        merged_lead_id as identifier,
        merged_at
    from lead_merges

    union all

    -- a merged contact keeps the other's id and address
    select
        source_record_id,
        identifier_type,
        identifier,
        last_seen_at as merged_at
    from hubspot_aliases

)

select * from merged_records
