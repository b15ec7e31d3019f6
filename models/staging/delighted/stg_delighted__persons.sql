with

source as (

    {{ landed_rows(source('delighted', 'persons')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'person_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        {{ id_in_account('person_id') }} as person_id,
        {{ normalize_email('email') }} as email,
        phone,
        _file_id as file_id,

        -- text
        full_name,

        -- timestamps
        created_at,
        last_sent_at,
        last_responded_at,
        next_survey_scheduled_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
