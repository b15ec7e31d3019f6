with

source as (

    {{ landed_rows(source('mailchimp', 'recipients')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['campaign_id', 'subscriber_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        campaign_id || ':' || subscriber_id as recipient_row_id,
        campaign_id,
        audience_id,
        subscriber_id,
        {{ normalize_email('email') }} as email,
        _file_id as file_id,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
