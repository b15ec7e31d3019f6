with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

identified as (

    select * from {{ ref('int_sessions_identified') }}

),

session_orders as (

    select * from {{ ref('int_session_orders_matched') }}

),

orders as (

    select * from {{ ref('int_orders_identified') }}

),

orders_by_session as (

    select
        session_orders.session_id,
        max(session_orders.order_id) filter (where session_orders.session_order_number = 1)
            as order_id,
        count(*) filter (where orders.is_counted) as order_count,
        sum(orders.net_revenue) as net_revenue
    from session_orders
    inner join orders on session_orders.order_id = orders.order_id
    group by session_orders.session_id

),

numbered as (

    select
        sessions.*,
        identified.customer_id,
        identified.channel,
        row_number() over (
            partition by identified.customer_id
            order by sessions.started_at, sessions.session_id
        ) as customer_session_number,
        -- an engaged session: https://support.google.com/analytics/answer/12798876
        sessions.ended_at > sessions.started_at + interval '10' second
        or sessions.page_view_count >= 2
        or sessions.key_event_count > 0 as is_engaged
    from sessions
    inner join identified on sessions.session_id = identified.session_id

),

final as (

    select
        -- ids
        numbered.session_id,
        numbered.customer_id,
        numbered.anonymous_id,
        numbered.user_id,
        orders_by_session.order_id,
        numbered.click_id,

        -- text
        numbered.tracker,
        numbered.channel,
        numbered.utm_source,
        numbered.utm_medium,
        numbered.utm_campaign,
        numbered.utm_term,
        numbered.utm_content,
        numbered.click_id_kind,
        numbered.referrer_host,
        numbered.landing_page,
        numbered.exit_page,
        numbered.device_type,
        numbered.os_name,
        numbered.language,
        numbered.country_code,

        -- numbers
        cast(numbered.customer_session_number as bigint) as customer_session_number,
        numbered.event_count,
        numbered.page_view_count,
        numbered.product_view_count,
        numbered.cart_add_count,
        coalesce(orders_by_session.order_count, 0) as order_count,
        cast(coalesce(orders_by_session.net_revenue, 0) as decimal(18, 2)) as net_revenue,
        {{ dbt.datediff('numbered.started_at', 'numbered.ended_at', 'second') }}
            as duration_seconds,

        -- booleans
        numbered.checkout_count > 0 as has_checkout,
        numbered.is_engaged,
        not numbered.is_engaged as is_bounce,

        -- dates
        {{ business_date('numbered.started_at') }} as session_date,

        -- timestamps
        numbered.started_at,
        numbered.ended_at

    from numbered
    left join orders_by_session on numbered.session_id = orders_by_session.session_id

)

select * from final
