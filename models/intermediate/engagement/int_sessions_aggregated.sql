{%- set campaign_columns = [
    'utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'click_id_kind',
    'click_id',
] -%}
with

-- imported three times: all columns of what several steps read are written out before
landed_sessions as (

    select * from {{ ref('int_sessions_counted') }}

),

moved_sessions as (

    select * from {{ ref('int_sessions_counted') }}
    where exit_event_id <> landing_event_id

),

retagged_sessions as (

    select * from {{ ref('int_sessions_counted') }}
    where campaign_event_id <> landing_event_id

),

landings as (

    select * from {{ ref('int_web_events_unioned') }}

),

exits as (

    select * from {{ ref('int_web_events_unioned') }}

),

campaign_events as (

    select * from {{ ref('int_web_events_unioned') }}

),

own_sites as (

    select distinct site
    from {{ ref('int_tracker_days_judged') }}

),

exit_pages as (

    select
        moved_sessions.session_id,
        {{ url_page('exits.page_url') }} as exit_page
    from moved_sessions
    inner join exits on moved_sessions.exit_event_id = exits.event_id

),

campaigns as (

    select
        retagged_sessions.session_id,
        campaign_events.*
    from retagged_sessions
    inner join campaign_events on retagged_sessions.campaign_event_id = campaign_events.event_id

),

described as (

    select
        landed_sessions.*,
        landings.anonymous_id,
        landings.user_id,
        landings.tracker,
        landings.device_type,
        landings.os_name,
        landings.language,
        landings.country_code,
        {%- for column in campaign_columns %}
            landings.{{ column }} as landing_{{ column }},
        {%- endfor %}
        {{ url_page('landings.page_url') }} as landing_page,
        {{ url_host('landings.referrer') }} as landing_referrer_host
    from landed_sessions
    inner join landings on landed_sessions.landing_event_id = landings.event_id

),

-- one's own pages refer nobody
referred as (

    select
        described.*,
        {%- for column in campaign_columns %}
            case
                when campaigns.session_id is null then described.landing_{{ column }}
                else campaigns.{{ column }}
            end as {{ column }},
        {%- endfor %}
        case
            when exit_pages.session_id is null then described.landing_page
            else exit_pages.exit_page
        end as exit_page,
        case when own_sites.site is null then described.landing_referrer_host end as referrer_host
    from described
    left join exit_pages on described.session_id = exit_pages.session_id
    left join campaigns on described.session_id = campaigns.session_id
    left join own_sites
        on {{ registered_domain('described.landing_referrer_host') }} = own_sites.site

),

sessions as (

    select
        -- ids
        session_id,
        visitor_id,
        anonymous_id,
        case when anonymous_id is null then user_id end as user_id,
        {{ traffic_id() }} as traffic_id,
        click_id,

        -- text
        tracker,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_term,
        utm_content,
        click_id_kind,
        referrer_host,
        landing_page,
        exit_page,
        device_type,
        os_name,
        language,
        country_code,

        -- numbers
        spell_number,
        event_count,
        page_view_count,
        product_view_count,
        cart_add_count,
        checkout_count,
        key_event_count,

        -- timestamps
        started_at,
        ended_at

    from referred

)

select * from sessions
