with

web_tokens as (

    select * from {{ ref('int_web_tokens_observed') }}

),

carried as (

    select * from {{ ref('int_tokens_carried') }}

),

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

-- a tracker writes the order's id or what the buyer calls it; both may be used by several shops
transactions as (

    select
        order_id,
        shop_order_id as transaction_id
    from orders

    union

    select
        order_id,
        order_name as transaction_id
    from orders
    where order_name is not null

),

told as (

    select
        'order_id' as identifier_type,
        transaction_id as identifier,
        min('order_id:' || order_id) as source_record_id,
        count(*) as record_count
    from transactions
    group by transaction_id

    union all

    select
        identifier_type,
        identifier,
        min(source_record_id) as source_record_id,
        count(*) as record_count
    from carried
    where identifier_type = 'checkout_token'
    group by identifier_type, identifier

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
    where record_count = 1

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
