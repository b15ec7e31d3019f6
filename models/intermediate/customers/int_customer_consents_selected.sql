with

contacts as (

    select * from {{ ref('int_contacts_observed') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

statements as (

    select
        source_record_id,
        source_system,
        'email' as channel,
        accepts_email as is_consenting,
        email_stated_at as stated_at
    from contacts
    where accepts_email is not null

    union all

    select
        source_record_id,
        source_system,
        'sms' as channel,
        accepts_sms as is_consenting,
        sms_stated_at as stated_at
    from contacts
    where accepts_sms is not null

),

-- of two statements of one moment the refusal counts
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
