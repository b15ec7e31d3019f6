with

source as (

    {{ landed_rows(source('typeform', 'api_answers')) }}

),

ranked as (

    select
        *,
        {{ newest_file_rank(of=['response_id']) }} as file_rank,
        {{ newest_row_rank(of=['response_id', 'answer_number']) }} as row_rank

    from source

),

current_versions as (

    select * from ranked
    where
        file_rank = 1
        and row_rank = 1

),

renamed as (

    select
        -- ids
        response_id || ':' || cast(answer_number as string) as answer_id,
        response_id,
        question_id,
        coalesce(question_ref, question_id) as question_ref,
        _file_id as file_id,

        -- text
        question_type,
        answer,

        -- numbers
        answer_number,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
