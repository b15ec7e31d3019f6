with

lead_merges as (

    select * from {{ ref('stg_marketo__lead_merges') }}

),

merged_records as (

    select
        'lead_id:' || surviving_lead_id as source_record_id,
        'lead_id' as identifier_type,
        merged_lead_id as identifier,
        merged_at
    from lead_merges

)

select * from merged_records
