with

statements as (

    select * from {{ ref('int_consents_stated') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- a consent from a day to come is none; a refusal counts whatever its date
valid_statements as (

    select statements.*
    from statements
    cross join as_of
    where not (
        statements.is_consenting
        and coalesce({{ business_date('statements.stated_at') }} > as_of.as_of_date, false)
    )

),

-- a state without a date says nothing against a dated statement; of two of one moment the refusal
-- counts
ranked as (

    select
        customers.customer_id,
        valid_statements.channel,
        valid_statements.source_system,
        valid_statements.is_consenting,
        valid_statements.stated_at,
        row_number() over (
            partition by customers.customer_id, valid_statements.channel
            order by
                valid_statements.stated_at desc nulls last,
                valid_statements.is_consenting asc,
                valid_statements.source_record_id asc
        ) as statement_rank
    from valid_statements
    inner join customers on valid_statements.source_record_id = customers.identifier_key

),

selected as (

    select
        customer_id,
        channel,
        source_system,
        is_consenting,
        stated_at
    from ranked
    where statement_rank = 1

)

select * from selected
