{#- A night parses its new events, not all there ever were. -#}
{{ config(pre_hook="{{ forget_changed(
    newest_event_lines(source('web', 'segment_events'), segment_event_id()),
    key='event_id',
    columns=['event_id', 'file_id', 'file_line'],
) }}") }}
with

source as (

    {{ landed_rows(source('web', 'segment_events')) }}

),

identified as (

    select
        *,
        {{ segment_event_id() }} as event_id

    from source

),

-- found among narrow rows: ranking whole events costs as much as parsing them
current_versions as (

    select
        *,
        {{ click_parameter('page_url') }} as click_parameter

    from {{ newest_events(
        'identified', source('web', 'segment_events'), segment_event_id()
    ) }} as newest
    where {{ is_missing('event_id') }}

),

renamed as (

    select
        -- ids
        event_id,
        anonymous_id,
        user_id,
        {{ normalize_email('email') }} as email,
        phone,
        device_id,
        device_token,
        session_id as session_hint,
        order_id,
        checkout_token,
        cart_token,
        product_id,
        sku,
        {{ url_parameter('page_url', 'gclid') }} as gclid,
        {{ url_parameter('page_url', 'fbclid') }} as fbclid,
        {{ click_id('click_parameter') }} as click_id,
        experiment_id,
        variation_id,
        _file_id as file_id,

        -- text
        'segment' as tracker,
        case when event_type = 'track' then coalesce(event, 'track') else event_type end
            as event_name,
        page_url,
        {{ url_host('page_url') }} as page_host,
        page_title,
        referrer,
        {% for part in ['source', 'medium', 'campaign', 'term', 'content'] -%}
            coalesce(
                campaign_{{ 'name' if part == 'campaign' else part }},
                {{ url_parameter('page_url', 'utm_' ~ part) }}
            ) as utm_{{ part }},
        {% endfor -%}
        {{ click_id_kind('click_parameter') }} as click_id_kind,
        experiment_name,
        variation_name,
        category,
        currency as currency_code,
        case
            when {{ matches('user_agent', 'iPad|Tablet|PlayBook|Silk') }} then 'tablet'
            when {{ matches('user_agent', 'Mobi|iPhone|Android') }} then 'mobile'
            when lower(device_type) in ('ios', 'android') then 'mobile'
            when user_agent is not null then 'desktop'
        end as device_type,
        os_name,
        user_agent,
        language,
        {{ two_letter_country('country') }} as country_code,
        properties,

        -- numbers
        _line as file_line,
        cast(coalesce(revenue, total) as decimal(18, 2)) as revenue_amount,

        -- booleans
        -- CUBOT is a make of phones
        coalesce(
            {{ matches(
                'lower(user_agent)',
                '(^|[^u])bot[^a-z]|crawl|spider|headless|lighthouse|externalhit'
            ) }},
            false
        ) as is_bot,

        -- timestamps
        occurred_at,
        received_at

    from current_versions

)

select * from renamed
