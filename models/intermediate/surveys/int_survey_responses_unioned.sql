with

delighted_responses as (

    select * from {{ ref('stg_delighted__survey_responses') }}

),

typeform_responses as (

    select * from {{ ref('int_typeform_responses_understood') }}

),

survey_responses as (

    select
        'delighted:' || response_id as response_id,
        'respondent_id:delighted:' || person_id as source_record_id,
        'delighted:' || survey_id as survey_id,
        'delighted' as source_system,
        survey_name,
        case when survey_type = 'nps' and score between 0 and 10 then score end as nps_score,
        comment is not null as has_comment,
        answered_at
    from delighted_responses

    union all

    select
        'typeform:' || response_id as response_id,
        'respondent_id:typeform:' || response_id as source_record_id,
        'typeform:' || survey_id as survey_id,
        'typeform' as source_system,
        survey_id as survey_name,
        nps_score,
        has_comment,
        answered_at
    from typeform_responses

)

select * from survey_responses
