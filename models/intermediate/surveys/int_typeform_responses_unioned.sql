with

downloaded_responses as (

    select * from {{ ref('stg_typeform__responses') }}

),

api_responses as (

    select * from {{ ref('stg_typeform__api_responses') }}

),

unioned as (

    select
        response_id,
        survey_id,
        file_id,
        'download' as response_source,
        response_type,
        started_at,
        coalesce(submitted_at, staged_at, started_at) as answered_at,
        submitted_at,
        exported_at
    from downloaded_responses

    union all

    select
        response_id,
        survey_id,
        file_id,
        'api' as response_source,
        response_type,
        started_at,
        coalesce(submitted_at, started_at) as answered_at,
        submitted_at,
        exported_at
    from api_responses

),

ranked as (

    select
        *,
        row_number() over (
            partition by response_id
            order by exported_at desc, response_source asc, file_id desc
        ) as version_rank
    from unioned

),

-- who only opened the form has answered nothing
responses as (

    select
        response_id,
        survey_id,
        response_source,
        started_at,
        answered_at
    from ranked
    where
        version_rank = 1
        and (submitted_at is not null or response_type = 'partial')

)

select * from responses
