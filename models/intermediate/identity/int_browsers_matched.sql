with

web_tokens as (

    select * from {{ ref('int_web_tokens_observed') }}

),

carried as (

    select * from {{ ref('int_tokens_carried') }}

),

transactions as (

    select * from {{ ref('int_transactions_named') }}

),

told as (

    select
        'order_id:' || order_id as source_record_id,
        'order_id' as identifier_type,
        transaction_id as identifier
    from transactions

    union all

    select
        min(source_record_id) as source_record_id,
        identifier_type,
        identifier
    from carried
    where identifier_type = 'checkout_token'
    group by identifier_type, identifier
    having count(*) = 1

),

-- who follows a link lands with its click id, and buys perhaps; an address that is passed on
-- brings the id of somebody else's click
landed as (

    select
        identifier_type,
        identifier
    from web_tokens
    where identifier_type in ('click_id', 'email_click_id')
    group by identifier_type, identifier
    having
        count(distinct anonymous_id) = 1
        or (
            identifier_type = 'email_click_id'
            and count(distinct anonymous_id) <= {{ var('max_records_per_identifier') | int }}
        )

),

recognised as (

    select
        source_record_id,
        identifier_type,
        identifier
    from told

    union all

    select
        carried.source_record_id,
        carried.identifier_type,
        carried.identifier
    from carried
    inner join landed
        on carried.identifier_type = landed.identifier_type
        and carried.identifier = landed.identifier

),

matched as (

    select
        recognised.source_record_id,
        web_tokens.anonymous_id,
        web_tokens.user_id,
        web_tokens.identifier_type,
        web_tokens.identifier,
        web_tokens.first_seen_at,
        web_tokens.last_seen_at
    from web_tokens
    inner join recognised
        on web_tokens.identifier_type = recognised.identifier_type
        and web_tokens.identifier = recognised.identifier

)

select * from matched
