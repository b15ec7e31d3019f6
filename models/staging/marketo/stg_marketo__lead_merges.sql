with

source as (

    {{ landed_rows(source('marketo', 'activities')) }}

),

-- type 32 is "Merge Leads": the activity stands with the lead that survives
lead_merges as (

    select
        {{ id_in_account('lead_id') }} as surviving_lead_id,
        _account,
        {{ replace_matches(json_text('attributes', '$."Merge IDs"'), '[^0-9,]', '') }}
            as merged_ids,
        occurred_at

    from source

    where activity_type_id = 32

),

-- one merge takes up to 25 leads; a hundred places leave room
digits (digit) as (

    values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)

),

places as (

    select 10 * tens.digit + ones.digit + 1 as place

    from digits as tens

    cross join digits as ones

),

split as (

    select
        lead_merges.surviving_lead_id,
        lead_merges._account,
        lead_merges.occurred_at,
        nullif(split_part(lead_merges.merged_ids, ',', places.place), '') as merged_id

    from lead_merges

    cross join places

),

identified as (

    select
        surviving_lead_id,
        {{ id_in_account('merged_id') }} as merged_lead_id,
        occurred_at

    from split

    where merged_id is not null

),

grouped as (

    select
        merged_lead_id,
        surviving_lead_id,
        max(occurred_at) as merged_at

    from identified

    group by merged_lead_id, surviving_lead_id

),

final as (

    select
        *,
        merged_lead_id || '>' || surviving_lead_id as lead_merge_id

    from grouped

)

select * from final
