with

responses as (

    select * from {{ ref('int_survey_responses_unioned') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

classes as (

    select * from {{ ref('customer_classes') }}
    where dimension = 'nps'

),

identified as (

    select
        customers.customer_id,
        responses.response_id,
        responses.nps_score,
        responses.answered_at
    from responses
    inner join customers on responses.source_record_id = customers.identifier_key

),

by_customer as (

    select
        customer_id,
        count(*) as survey_response_count,
        max(answered_at) as last_survey_answered_at
    from identified
    group by customer_id

),

scores_ranked as (

    select
        customer_id,
        nps_score,
        answered_at,
        row_number() over (
            partition by customer_id
            order by answered_at desc nulls last, response_id desc
        ) as score_rank
    from identified
    where nps_score is not null

),

aggregated as (

    select
        by_customer.customer_id,
        by_customer.survey_response_count,
        cast(scores_ranked.nps_score as integer) as nps_score,
        classes.class_name as nps_class,
        scores_ranked.answered_at as nps_answered_at,
        by_customer.last_survey_answered_at
    from by_customer
    left join scores_ranked
        on by_customer.customer_id = scores_ranked.customer_id
        and scores_ranked.score_rank = 1
    left join classes
        on scores_ranked.nps_score >= classes.at_least
        and scores_ranked.nps_score < coalesce(classes.below, scores_ranked.nps_score + 1)

)

select * from aggregated
