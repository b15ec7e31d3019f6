{#- What the trackers' events have in common is kept there, not twice. -#}
{{ config(materialized='view') }}
with

segment_events as (

    select * from {{ ref('stg_web__segment_events') }}

),

ga4_events as (

    select * from {{ ref('stg_web__ga4_events') }}

),

event_kinds as (

    select * from {{ ref('web_event_kinds') }}

),

unioned as (

    select * from segment_events

    union all

    select * from ga4_events

),

web_events as (

    select
        -- ids
        unioned.event_id,
        unioned.anonymous_id,
        unioned.user_id,
        unioned.email,
        unioned.phone,
        unioned.device_id,
        unioned.device_token,
        unioned.session_hint,
        unioned.order_id,
        unioned.checkout_token,
        unioned.cart_token,
        unioned.product_id,
        unioned.sku,
        unioned.gclid,
        unioned.fbclid,
        unioned.click_id,
        unioned.experiment_id,
        unioned.variation_id,
        unioned.file_id,

        -- text
        unioned.tracker,
        unioned.event_name,
        event_kinds.event_kind,
        unioned.page_url,
        unioned.page_host,
        unioned.page_title,
        unioned.referrer,
        unioned.utm_source,
        unioned.utm_medium,
        unioned.utm_campaign,
        unioned.utm_term,
        unioned.utm_content,
        unioned.click_id_kind,
        unioned.experiment_name,
        unioned.variation_name,
        unioned.category,
        unioned.currency_code,
        unioned.device_type,
        unioned.os_name,
        unioned.user_agent,
        unioned.language,
        unioned.country_code,
        unioned.properties,

        -- numbers
        unioned.revenue_amount,

        -- booleans
        unioned.is_bot,

        -- timestamps
        unioned.occurred_at,
        unioned.received_at

    from unioned

    left join event_kinds
        on lower(unioned.event_name) = event_kinds.event_name

)

select * from web_events
