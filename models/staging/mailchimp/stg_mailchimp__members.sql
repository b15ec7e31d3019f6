with

source as (

    {{ landed_rows(source('mailchimp', 'members')) }}

),

cleaned as (

    select
        *,
        {{ normalize_email('email') }} as member_email,
        coalesce(unsubscribed_at, cleaned_at, changed_at, confirmed_at) as status_at

    from source

),

identified as (

    select
        *,
        md5(member_email) as subscriber_id

    from cleaned
    where member_email is not null

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'subscriber_id'], by=['_exported_at', 'status_at']) }}
            as version_rank

    from identified

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- who never subscribed, or whose address failed, has not said anything
renamed as (

    select
        -- ids
        {{ id_in_account('subscriber_id') }} as member_id,
        subscriber_id,
        member_email as email,
        phone,
        unsubscribe_campaign_id,
        _file_id as file_id,

        -- text
        member_status,
        first_name,
        last_name,
        region,
        {{ two_letter_country('country_code') }} as country_code,
        tags,
        unsubscribe_reason,

        -- numbers
        member_rating,

        -- booleans
        case member_status
            when 'subscribed' then true
            when 'unsubscribed' then false
        end as accepts_email,

        -- timestamps
        coalesce(confirmed_at, opted_in_at) as subscribed_at,
        unsubscribed_at,
        changed_at as updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
