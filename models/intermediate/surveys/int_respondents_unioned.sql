with

delighted_persons as (

    select * from {{ ref('int_delighted_persons_completed') }}

),

typeform_responses as (

    select * from {{ ref('int_typeform_responses_understood') }}

),

respondents as (

    select
        'delighted:' || person_id as respondent_id,
        cast(null as string) as user_id,
        email,
        phone,
        {{ given_name('full_name') }} as first_name,
        {{ family_name('full_name') }} as last_name,
        first_seen_at,
        last_seen_at
    from delighted_persons

    union all

    select
        'typeform:' || response_id as respondent_id,
        user_id,
        email,
        phone,
        first_name,
        last_name,
        started_at as first_seen_at,
        answered_at as last_seen_at
    from typeform_responses

)

select * from respondents
