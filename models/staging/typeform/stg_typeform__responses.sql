with

source as (

    {{ landed_rows(source('typeform', 'responses')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['response_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        response_id,
        _account as survey_id,
        network_id,
        _file_id as file_id,

        -- text
        lower(response_type) as response_type,
        answers,
        tags,
        ending,

        -- timestamps
        started_at,
        staged_at,
        submitted_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
