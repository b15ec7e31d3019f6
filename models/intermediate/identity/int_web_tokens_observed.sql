with

web_events as (

    select * from {{ ref('int_web_events_unioned') }}
    where coalesce(anonymous_id, user_id) is not null and not coalesce(is_bot, false)

),

tokens as (

    select
        anonymous_id,
        user_id,
        'order_id' as identifier_type,
        order_id as identifier,
        occurred_at
    from web_events
    where order_id is not null

    union all

    select
        anonymous_id,
        user_id,
        'checkout_token' as identifier_type,
        checkout_token as identifier,
        occurred_at
    from web_events
    where checkout_token is not null

    union all

    -- a cart is older than its checkout, and who filled it may be another
    select
        anonymous_id,
        user_id,
        'checkout_token' as identifier_type,
        cart_token as identifier,
        occurred_at
    from web_events
    where cart_token is not null and event_kind in ('begin_checkout', 'purchase')

    union all

    select
        anonymous_id,
        user_id,
        {{ click_token_type('click_id_kind') }} as identifier_type,
        click_id_kind || ':' || click_id as identifier,
        occurred_at
    from web_events
    where click_id is not null

),

grouped as (

    select
        anonymous_id,
        user_id,
        identifier_type,
        identifier,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at
    from tokens
    group by anonymous_id, user_id, identifier_type, identifier

)

select * from grouped
