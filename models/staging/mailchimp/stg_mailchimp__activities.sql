with

source as (

    {{ landed_rows(source('mailchimp', 'activities')) }}

),

-- an activity has no id of its own: it is told apart by all that it says
identified as (

    select
        *,
        md5(concat_ws(
            '|',
            campaign_id,
            subscriber_id,
            action,
            coalesce(link_url, ''),
            cast(occurred_at as string)
        )) as activity_id

    from source

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['activity_id']) }} as version_rank

    from identified

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        activity_id,
        campaign_id,
        subscriber_id,
        _file_id as file_id,

        -- text
        lower(action) as event_kind,
        lower(bounce_type) as bounce_kind,
        link_url,

        -- timestamps
        occurred_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
