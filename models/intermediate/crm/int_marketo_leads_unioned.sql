with

leads as (

    select * from {{ ref('stg_marketo__leads') }}

),

activities as (

    select * from {{ ref('stg_marketo__activities') }}

),

leads_by_activities as (

    select
        lead_id,
        max(file_id) as file_id,
        min(occurred_at) as created_at,
        max(occurred_at) as updated_at,
        max(exported_at) as exported_at

    from activities

    group by lead_id

),

listed as (

    select
        -- ids
        lead_id,
        email,
        phone,
        file_id,

        -- text
        first_name,
        last_name,
        city,
        region,
        postal_code,
        country,
        country_code,
        gender,

        -- booleans
        is_unsubscribed,

        -- dates
        birth_date,

        -- timestamps
        created_at,
        updated_at,
        exported_at

    from leads

),

-- extracts of leads cover the days someone chose, and a lead that was merged away is in none
only_in_activities as (

    select
        leads_by_activities.lead_id,
        cast(null as string) as email,
        cast(null as string) as phone,
        leads_by_activities.file_id,
        cast(null as string) as first_name,
        cast(null as string) as last_name,
        cast(null as string) as city,
        cast(null as string) as region,
        cast(null as string) as postal_code,
        cast(null as string) as country,
        cast(null as string) as country_code,
        cast(null as string) as gender,
        cast(null as boolean) as is_unsubscribed,
        cast(null as date) as birth_date,
        leads_by_activities.created_at,
        leads_by_activities.updated_at,
        leads_by_activities.exported_at

    from leads_by_activities

    left join listed
        on leads_by_activities.lead_id = listed.lead_id

    where listed.lead_id is null

),

unioned as (

    select * from listed

    union all

    select * from only_in_activities

)

select * from unioned
