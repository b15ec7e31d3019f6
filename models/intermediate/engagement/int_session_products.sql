with

events as (

    select * from {{ ref('int_web_events_sessionized') }}
    where event_kind in ('view_item', 'add_to_cart')

),

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

web_events as (

    select
        *,
        coalesce(sku, product_id) as product_key
    from {{ ref('int_web_events_unioned') }}

),

products as (

    select * from {{ ref('int_products_unioned') }}

),

-- shops may use a stock keeping unit differently, then it tells nothing
categories as (

    select
        sku,
        min(category) as category
    from products
    where sku is not null and category is not null
    group by sku
    having count(distinct category) = 1

),

session_products as (

    select
        events.session_id,
        coalesce(web_events.product_key, '') as product_key,
        coalesce(categories.category, web_events.category) as category,
        count(*) filter (where events.event_kind = 'view_item') as view_count,
        count(*) filter (where events.event_kind = 'add_to_cart') as cart_count
    from events
    inner join sessions on events.session_id = sessions.session_id
    inner join web_events on events.event_id = web_events.event_id
    left join categories on web_events.sku = categories.sku
    group by
        events.session_id,
        coalesce(web_events.product_key, ''),
        coalesce(categories.category, web_events.category)

)

select * from session_products
