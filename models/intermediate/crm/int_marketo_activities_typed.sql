with

activities as (

    select * from {{ ref('stg_marketo__activities') }}

),

activity_types as (

    select * from {{ ref('marketo_activity_types') }}

),

activities_typed as (

    select
        -- ids
        activities.activity_id,
        activities.lead_id,
        activities.campaign_id,
        activities.asset_id,
        activities.campaign_run_id,
        activities.choice_number,
        activities.file_id,

        -- text
        activity_types.activity_type,
        activity_types.contact_kind,
        activity_types.contact_channel,
        activity_types.bounce_kind,
        activities.asset_name,
        activities.link_url,
        activities.device,
        activities.platform,

        -- numbers
        activities.activity_type_id,

        -- booleans
        activities.is_bot,

        -- timestamps
        activities.occurred_at,
        activities.exported_at

    from activities

    left join activity_types
        on activities.activity_type_id = activity_types.activity_type_id

)

select * from activities_typed
