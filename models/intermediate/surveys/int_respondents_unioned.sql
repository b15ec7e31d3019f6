with

delighted_persons as (

    select * from {{ ref('int_delighted_persons_completed') }}

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

)

select * from respondents
