with

persons as (

    select * from {{ ref('stg_delighted__persons') }}

),

responses as (

    select * from {{ ref('stg_delighted__survey_responses') }}

),

-- an answer may come before, or without, the list of people
sightings as (

    select
        person_id,
        email,
        phone,
        full_name,
        '' as response_id,
        true as is_listed,
        created_at as seen_from,
        coalesce(last_responded_at, created_at) as seen_until
    from persons

    union all

    select
        person_id,
        person_email as email,
        person_phone as phone,
        person_full_name as full_name,
        response_id,
        false as is_listed,
        answered_at as seen_from,
        answered_at as seen_until
    from responses

),

ranked as (

    select
        person_id,
        email,
        phone,
        full_name,
        row_number() over (
            partition by person_id
            order by
                is_listed desc,
                coalesce(email, phone, full_name) is not null desc,
                seen_until desc,
                response_id asc
        ) as sighting_rank,
        min(seen_from) over (partition by person_id) as first_seen_at,
        max(seen_until) over (partition by person_id) as last_seen_at
    from sightings

),

completed as (

    select
        person_id,
        email,
        phone,
        full_name,
        first_seen_at,
        last_seen_at
    from ranked
    where sighting_rank = 1

)

select * from completed
