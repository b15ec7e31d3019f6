with

statements as (

    select * from {{ ref('int_consents_stated') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

-- a state without a date says nothing against a dated statement; of two of one moment the refusal
-- counts
ranked as (

    select
        customers.customer_id,
        statements.channel,
        statements.source_system,
        statements.is_consenting,
        statements.stated_at,
        row_number() over (
            partition by customers.customer_id, statements.channel
            order by
                statements.stated_at desc nulls last,
                statements.is_consenting asc,
                statements.source_record_id asc
        ) as statement_rank
    from statements
    inner join customers on statements.source_record_id = customers.identifier_key

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
