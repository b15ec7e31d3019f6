with

responses as (

    select * from {{ ref('int_typeform_responses_unioned') }}

),

downloaded_responses as (

    select * from {{ ref('stg_typeform__responses') }}

),

api_responses as (

    select * from {{ ref('stg_typeform__api_responses') }}

),

api_answers as (

    select * from {{ ref('stg_typeform__api_answers') }}

),

downloaded_entries as (

    select
        response_id,
        {{ json_entries('answers') }} as entry
    from downloaded_responses

),

hidden_entries as (

    select
        response_id,
        {{ json_entries('hidden_fields') }} as entry
    from api_responses

),

unioned as (

    select
        response_id,
        'download' as response_source,
        entry['key'] as question,
        'unknown' as question_type,
        entry['value'] as answer
    from downloaded_entries

    union all

    select
        response_id,
        'api' as response_source,
        entry['key'] as question,
        'hidden' as question_type,
        entry['value'] as answer
    from hidden_entries

    union all

    select
        response_id,
        'api' as response_source,
        question_ref as question,
        question_type,
        answer
    from api_answers

),

-- a response that came both ways is taken from the newer one, all of it
answers as (

    select
        unioned.response_id,
        unioned.question,
        unioned.question_type,
        unioned.answer
    from unioned
    inner join responses
        on unioned.response_id = responses.response_id
        and unioned.response_source = responses.response_source
    where unioned.answer is not null

)

select * from answers
