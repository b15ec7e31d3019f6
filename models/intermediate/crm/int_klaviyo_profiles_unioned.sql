with

events as (

    select * from {{ ref('stg_klaviyo__events') }}
    where profile_id is not null

),

unioned as (

    {% for model in ['stg_klaviyo__api_profiles', 'stg_klaviyo__profiles'] %}
        {% if not loop.first %}union all{% endif %}
        select
            profile_id,
            email,
            phone,
            external_id,
            file_id,
            first_name,
            last_name,
            city,
            region,
            postal_code,
            country,
            country_code,
            locale,
            acquisition_source,
            accepts_email,
            accepts_sms,
            email_consent_at,
            sms_consent_at,
            last_opened_at,
            last_clicked_at,
            created_at,
            updated_at,
            exported_at
        from {{ ref(model) }}
    {% endfor %}

),

ranked as (

    select
        *,
        row_number() over (
            partition by profile_id
            order by exported_at desc, updated_at desc nulls last, file_id desc
        ) as version_rank

    from unioned

),

current_versions as (

    select
        -- ids
        profile_id,
        email,
        phone,
        external_id,
        file_id,

        -- text
        first_name,
        last_name,
        city,
        region,
        postal_code,
        country,
        country_code,
        locale,
        acquisition_source,

        -- booleans
        accepts_email,
        accepts_sms,

        -- timestamps
        email_consent_at,
        sms_consent_at,
        last_opened_at,
        last_clicked_at,
        created_at,
        updated_at,
        exported_at

    from ranked

    where version_rank = 1

),

profiles_by_events as (

    select
        profile_id,
        max(file_id) as file_id,
        min(occurred_at) as created_at,
        max(occurred_at) as updated_at,
        max(exported_at) as exported_at

    from events

    group by profile_id

),

-- an extract of profiles may leave out whom events name; they are persons all the same
only_in_events as (

    select
        profiles_by_events.profile_id,
        cast(null as string) as email,
        cast(null as string) as phone,
        cast(null as string) as external_id,
        profiles_by_events.file_id,
        cast(null as string) as first_name,
        cast(null as string) as last_name,
        cast(null as string) as city,
        cast(null as string) as region,
        cast(null as string) as postal_code,
        cast(null as string) as country,
        cast(null as string) as country_code,
        cast(null as string) as locale,
        cast(null as string) as acquisition_source,
        cast(null as boolean) as accepts_email,
        cast(null as boolean) as accepts_sms,
        cast(null as timestamp) as email_consent_at,
        cast(null as timestamp) as sms_consent_at,
        cast(null as timestamp) as last_opened_at,
        cast(null as timestamp) as last_clicked_at,
        profiles_by_events.created_at,
        profiles_by_events.updated_at,
        profiles_by_events.exported_at

    from profiles_by_events

    left join current_versions
        on profiles_by_events.profile_id = current_versions.profile_id

    where current_versions.profile_id is null

),

profiles as (

    select * from current_versions

    union all

    select * from only_in_events

)

select * from profiles
