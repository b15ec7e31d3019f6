with

source as (

    {{ landed_rows(source('marketo', 'activities')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'activity_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        {{ id_in_account('activity_id') }} as activity_id,
        {{ id_in_account('lead_id') }} as lead_id,
        campaign_id,
        primary_attribute_value_id as asset_id,
        {{ json_text('attributes', '$."Campaign Run ID"') }} as campaign_run_id,
        {{ json_text('attributes', '$."Choice Number"') }} as choice_number,
        {{ json_text('attributes', '$."Step ID"') }} as step_id,
        _file_id as file_id,

        -- text
        primary_attribute_value as asset_name,
        {{ json_text('attributes', '$."Link"') }} as link_url,
        {{ json_text('attributes', '$."Device"') }} as device,
        {{ json_text('attributes', '$."Platform"') }} as platform,
        {{ json_text('attributes', '$."User Agent"') }} as user_agent,
        {{ json_text('attributes', '$."Bot Activity Pattern"') }} as bot_activity_pattern,
        action_result,
        attributes,

        -- numbers
        activity_type_id,

        -- booleans
        coalesce(
            lower({{ json_text('attributes', '$."Is Bot Activity"') }}) in ('true', 'yes', '1'),
            false
        ) as is_bot,

        -- timestamps
        occurred_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
