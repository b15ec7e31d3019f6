with

source as (

    {{ landed_rows(source('delighted', 'survey_responses')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'response_id'], by=['updated_at']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        {{ id_in_account('response_id') }} as response_id,
        {{ id_in_account('person_id') }} as person_id,
        {{ id_in_account('survey_type') }} as survey_id,
        _file_id as file_id,

        -- text
        {{ normalize_email('person_email') }} as person_email,
        person_phone,
        person_full_name,
        case when _account = 'default' then survey_type else _account end as survey_name,
        survey_type,
        comment,
        person_properties,
        additional_answers,
        tags,

        -- numbers
        score,

        -- timestamps
        created_at as answered_at,
        updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
