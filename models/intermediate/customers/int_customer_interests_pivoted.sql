with

interests as (

    select * from {{ ref('int_customer_interests_ranked') }}

),

pivoted as (

    select
        customer_id,
        max(category) filter (where interest_rank = 1) as top_interest,
        max(category) filter (where interest_rank = 2) as second_interest,
        max(category) filter (where interest_rank = 3) as third_interest,
        max(interest_share) filter (where interest_rank = 1) as top_interest_share
    from interests
    group by customer_id

)

select * from pivoted
