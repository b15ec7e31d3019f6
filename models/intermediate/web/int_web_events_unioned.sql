{#- What the trackers' events have in common is kept there, not twice. -#}
{{ config(materialized='view') }}
with

event_kinds as (

    select * from {{ ref('web_event_kinds') }}

),

unioned as (

    {% for model in ['stg_web__segment_events', 'stg_web__ga4_events'] %}
        {% if not loop.first %}union all{% endif %}
        select
            event_id,
            anonymous_id,
            user_id,
            email,
            phone,
            device_id,
            device_token,
            session_hint,
            order_id,
            checkout_token,
            cart_token,
            product_id,
            sku,
            gclid,
            fbclid,
            click_id,
            experiment_id,
            variation_id,
            file_id,
            tracker,
            event_name,
            page_url,
            page_host,
            page_title,
            referrer,
            utm_source,
            utm_medium,
            utm_campaign,
            utm_term,
            utm_content,
            click_id_kind,
            experiment_name,
            variation_name,
            category,
            currency_code,
            device_type,
            os_name,
            user_agent,
            language,
            country_code,
            properties,
            revenue_amount,
            is_bot,
            occurred_at,
            received_at
        from {{ ref(model) }}
    {% endfor %}

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
