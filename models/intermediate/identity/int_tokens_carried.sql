{#- in what each kind of record is told which token -#}
{%- set links = {
    'orders': ("'order_id:' || order_id", 'landing_site', 'ordered_at'),
    'klaviyo_events': ("'profile_id:' || profile_id", 'link_url', 'occurred_at'),
    'marketo_activities': ("'lead_id:' || lead_id", 'link_url', 'occurred_at'),
} -%}
with

orders as (

    select * from {{ ref('stg_shopify__api_orders') }}

),

klaviyo_events as (

    select * from {{ ref('stg_klaviyo__events') }}
    where link_url is not null and profile_id is not null

),

marketo_activities as (

    select * from {{ ref('stg_marketo__activities') }}
    where link_url is not null and lead_id is not null

),

links as (

    {% for relation, (source_record_id, link, seen_at) in links.items() %}
        select
            {{ source_record_id }} as source_record_id,
            {{ click_parameter(link) }} as click_parameter,
            {{ seen_at }} as seen_at
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

clicks as (

    select
        source_record_id,
        {{ click_id_kind('click_parameter') }} as click_id_kind,
        {{ click_id('click_parameter') }} as click_id,
        seen_at
    from links
    where click_parameter is not null

),

carried as (

    select
        source_record_id,
        {{ click_token_type('click_id_kind') }} as identifier_type,
        click_id_kind || ':' || click_id as identifier,
        seen_at
    from clicks

    union all

    select
        'order_id:' || order_id as source_record_id,
        'checkout_token' as identifier_type,
        checkout_token as identifier,
        ordered_at as seen_at
    from orders
    where checkout_token is not null

    union all

    select
        'order_id:' || order_id as source_record_id,
        'checkout_token' as identifier_type,
        cart_token as identifier,
        ordered_at as seen_at
    from orders
    where cart_token is not null

),

grouped as (

    select
        source_record_id,
        identifier_type,
        identifier,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from carried
    group by source_record_id, identifier_type, identifier

)

select * from grouped
