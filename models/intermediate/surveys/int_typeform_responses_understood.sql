with

responses as (

    select * from {{ ref('int_typeform_responses_unioned') }}

),

answers as (

    select * from {{ ref('int_typeform_answers_unioned') }}

),

rules as (

    select * from {{ ref('survey_question_rules') }}

),

questions as (

    select distinct
        question,
        question_type,
        lower(replace(question, '_', ' ')) as words
    from answers

),

-- there are few questions and many answers, so rules are asked about questions
meanings as (

    select
        questions.question,
        questions.question_type,
        rules.meaning,
        min(rules.rule_rank) as rule_rank
    from questions
    inner join rules
        on case rules.match_kind
            when 'words' then {{ matches_column('questions.words', 'rules.pattern') }}
            when 'type' then {{ matches_column('questions.question_type', 'rules.pattern') }}
        end
    group by questions.question, questions.question_type, rules.meaning

),

read_answers as (

    select
        answers.response_id,
        answers.question,
        meanings.meaning,
        meanings.rule_rank,
        case
            when meanings.meaning = 'email' then {{ normalize_email('answers.answer') }}
            when meanings.meaning <> 'nps_score' then answers.answer
            when {{ matches('answers.answer', '^(10|[0-9])$') }} then answers.answer
        end as answer
    from answers
    inner join meanings
        on answers.question = meanings.question
        and answers.question_type = meanings.question_type

),

ranked as (

    select
        response_id,
        meaning,
        answer,
        row_number() over (
            partition by response_id, meaning
            order by rule_rank, question, answer
        ) as answer_rank
    from read_answers
    where answer is not null

),

meanings_by_response as (

    select
        response_id,
        max(case when meaning = 'user_id' then answer end) as user_id,
        max(case when meaning = 'email' then answer end) as email,
        max(case when meaning = 'phone' then answer end) as phone,
        max(case when meaning = 'first_name' then answer end) as first_name,
        max(case when meaning = 'last_name' then answer end) as last_name,
        max(case when meaning = 'nps_score' then cast(answer as integer) end) as nps_score,
        bool_or(meaning = 'comment') as has_comment
    from ranked
    where answer_rank = 1
    group by response_id

),

understood as (

    select
        responses.response_id,
        responses.survey_id,
        meanings_by_response.user_id,
        meanings_by_response.email,
        meanings_by_response.phone,
        meanings_by_response.first_name,
        meanings_by_response.last_name,
        meanings_by_response.nps_score,
        coalesce(meanings_by_response.has_comment, false) as has_comment,
        responses.started_at,
        responses.answered_at
    from responses
    left join meanings_by_response
        on responses.response_id = meanings_by_response.response_id

)

select * from understood
