{#- A night parses its new events, not all there ever were. -#}
{{ config(pre_hook="{{ forget_changed(
    newest_event_lines(source('web', 'ga4_events'), ga4_event_id()),
    key='event_id',
    columns=['event_id', 'file_id', 'file_line'],
) }}") }}
with

source as (

    {{ landed_rows(source('web', 'ga4_events')) }}

),

identified as (

    select
        *,
        {{ ga4_event_id() }} as event_id

    from source

),

-- found among narrow rows: ranking whole events costs as much as parsing them
current_versions as (

    select
        *,
        {{ click_parameter('page_location') }} as click_parameter,
        coalesce(collected_gclid, parameter_gclid, {{ url_parameter('page_location', 'gclid') }})
            as click_gclid

    from {{ newest_events('identified', source('web', 'ga4_events'), ga4_event_id()) }} as newest
    where {{ is_missing('event_id') }}

),

renamed as (

    select
        -- ids
        event_id,
        user_pseudo_id as anonymous_id,
        user_id,
        cast(null as string) as email,
        cast(null as string) as phone,
        cast(null as string) as device_id,
        cast(null as string) as device_token,
        ga_session_id as session_hint,
        coalesce(transaction_id, parameter_transaction_id) as order_id,
        checkout_token,
        cart_token,
        -- a list or an order has many products and is about none of them
        case
            when {{ json_text('items', '$[1].item_id') }} is null
                then {{ json_text('items', '$[0].item_id') }}
        end as product_id,
        cast(null as string) as sku,
        click_gclid as gclid,
        {{ url_parameter('page_location', 'fbclid') }} as fbclid,
        coalesce({{ click_id('click_parameter') }}, click_gclid) as click_id,
        cast(null as string) as experiment_id,
        cast(null as string) as variation_id,
        _file_id as file_id,

        -- text
        'ga4' as tracker,
        event_name,
        page_location as page_url,
        {{ url_host('page_location') }} as page_host,
        page_title,
        page_referrer as referrer,
        {% for part in ['source', 'medium', 'campaign', 'term', 'content'] -%}
            coalesce(
                case when collected_{{ part }} not like '(%)' then collected_{{ part }} end,
                case when parameter_{{ part }} not like '(%)' then parameter_{{ part }} end,
                {{ url_parameter('page_location', 'utm_' ~ part) }}
            ) as utm_{{ part }},
        {% endfor -%}
        coalesce(
            {{ click_id_kind('click_parameter') }},
            case when click_gclid is not null then 'gclid' end
        ) as click_id_kind,
        cast(null as string) as experiment_name,
        cast(null as string) as variation_name,
        case
            when {{ json_text('items', '$[1].item_id') }} is null
                then {{ json_text('items', '$[0].item_category') }}
        end as category,
        currency as currency_code,
        device_category as device_type,
        operating_system as os_name,
        cast(null as string) as user_agent,
        language,
        {{ two_letter_country('country') }} as country_code,
        cast(null as string) as properties,

        -- numbers
        _line as file_line,
        cast(
            coalesce(purchase_revenue, case when event_name = 'purchase' then event_value end)
            as decimal(18, 2)
        ) as revenue_amount,

        -- booleans
        false as is_bot,

        -- timestamps
        occurred_at,
        cast(null as timestamp) as received_at

    from current_versions

)

select * from renamed
