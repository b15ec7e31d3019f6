with

customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}

),

system_ids as (

    select * from {{ ref('int_customer_system_ids_listed') }}

),

described as (

    select * from {{ ref('int_customers_described') }}

),

channels as (

    select * from {{ ref('int_customer_channels_pivoted') }}

),

acquisitions as (

    select * from {{ ref('int_customer_acquisitions_selected') }}

),

conversations as (

    select * from {{ ref('int_customer_conversations_aggregated') }}

),

preferences as (

    select * from {{ ref('int_customer_preferences_selected') }}

),

interests as (

    select * from {{ ref('int_customer_interests_pivoted') }}

),

categories as (

    select * from {{ ref('int_customer_categories_listed') }}

),

carts as (

    select * from {{ ref('int_customer_carts_dated') }}

),

actions as (

    select * from {{ ref('int_customer_actions_chosen') }}

),

customer_sessions as (

    select * from {{ ref('int_customer_sessions_aggregated') }}

),

customer_messages as (

    select * from {{ ref('int_customer_messages_aggregated') }}

),

customer_surveys as (

    select * from {{ ref('int_customer_surveys_aggregated') }}

),

customer_orders as (

    select * from {{ ref('int_customer_orders_classed') }}

),

customer_events as (

    select * from {{ ref('int_customer_events_aggregated') }}

),

crm_contacts as (

    select * from {{ ref('int_customer_crm_contacts_selected') }}

),

purchases as (

    select * from {{ ref('int_customer_purchases_described') }}

),

customer_months as (

    select * from {{ ref('int_customer_months_staged') }}
    where is_latest

),

customer_rfm as (

    select * from {{ ref('customer_rfm') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

final as (

    select
        -- ids
        customers.customer_id,

        -- text
        described.email,
        described.email_source,
        described.phone,
        described.phone_source,
        described.first_name,
        described.last_name,
        described.name_source,
        described.city,
        described.region,
        described.country_code,
        described.address_source,
        described.language,
        described.language_source,
        described.gender,
        described.gender_source,
        described.birth_date_source,
        described.age_band,
        {% for channel in consent_channels() -%}
            channels.{{ channel }}_consent_source,
        {% endfor -%}
        crm_contacts.company_name,
        crm_contacts.lifecycle_stage as crm_lifecycle_stage,
        crm_contacts.lead_status as crm_lead_status,
        crm_contacts.owner_name as crm_owner_name,
        purchases.top_category,
        purchases.second_category,
        purchases.third_category,
        purchases.top_product_name,
        purchases.second_product_name,
        purchases.third_product_name,
        purchases.purchase_season,
        customer_months.lifecycle_stage,
        acquisitions.acquisition_channel,
        acquisitions.acquisition_touch_kind,
        acquisitions.acquisition_source,
        acquisitions.acquisition_campaign_name,
        acquisitions.acquisition_landing_page,
        preferences.preferred_channel,
        preferences.preferred_device_type,
        interests.top_interest,
        interests.second_interest,
        interests.third_interest,
        actions.action as next_best_action,
        actions.channel as next_best_channel,
        customer_orders.recency_class,
        customer_orders.frequency_class,
        customer_rfm.rfm_segment_name,
        customer_surveys.nps_class,

        -- numbers
        described.age,
        customers.email_count,
        customers.phone_count,
        customers.shop_customer_id_count,
        customers.user_id_count,
        customers.lead_id_count,
        customers.profile_id_count,
        customers.crm_contact_id_count,
        customers.anonymous_id_count,
        coalesce(customer_events.registered_event_count, 0) as registered_event_count,
        coalesce(customer_events.attended_event_count, 0) as attended_event_count,
        coalesce(conversations.conversation_count, 0) as conversation_count,
        coalesce(conversations.complaint_conversation_count, 0) as complaint_conversation_count,
        coalesce(conversations.recent_conversation_count, 0) as recent_conversation_count,
        coalesce(customer_orders.order_count, 0) as order_count,
        cast(coalesce(customer_orders.gross_revenue, 0) as decimal(18, 2)) as gross_revenue,
        cast(coalesce(customer_orders.net_revenue, 0) as decimal(18, 2)) as net_revenue,
        customer_orders.average_order_value,
        customer_orders.average_basket_size,
        customer_orders.average_days_between_orders,
        purchases.median_days_between_orders,
        purchases.purchase_season_share,
        customer_orders.refund_rate,
        customer_orders.discount_share,
        customer_orders.days_since_last_order,
        customer_rfm.recency_score as rfm_recency_score,
        customer_rfm.frequency_score as rfm_frequency_score,
        customer_rfm.monetary_score as rfm_monetary_score,
        preferences.preferred_channel_share,
        preferences.preferred_device_type_share,
        interests.top_interest_share,
        coalesce(customer_sessions.session_count, 0) as session_count,
        coalesce(customer_sessions.page_view_count, 0) as page_view_count,
        coalesce(customer_sessions.recent_session_count, 0) as recent_session_count,
        coalesce(customer_sessions.recent_page_view_count, 0) as recent_page_view_count,
        {% for channel in message_channels() -%}
            {% for count in ['delivered_count', 'opened_count', 'clicked_count'] -%}
                coalesce(customer_messages.recent_{{ channel }}_{{ count }}, 0)
                    as recent_{{ channel }}_{{ count }},
            {% endfor -%}
            customer_messages.recent_{{ channel }}_open_rate,
            customer_messages.recent_{{ channel }}_click_rate,
        {% endfor -%}
        coalesce(customer_surveys.survey_response_count, 0) as survey_response_count,
        customer_surveys.nps_score,

        -- booleans
        customers.is_known,
        {% for channel in consent_channels() -%}
            channels.accepts_{{ channel }},
            coalesce(channels.is_reachable_by_{{ channel }}, false)
                as is_reachable_by_{{ channel }},
        {% endfor %}

        -- dates
        described.birth_date,
        acquisitions.acquisition_date,
        purchases.next_order_due_date,
        as_of.as_of_date,

        -- timestamps
        described.email_stated_at,
        described.phone_stated_at,
        described.name_stated_at,
        described.address_stated_at,
        described.language_stated_at,
        described.gender_stated_at,
        described.birth_date_stated_at,
        {% for channel in consent_channels() -%}
            channels.{{ channel }}_consent_at,
        {% endfor -%}
        customers.first_seen_at,
        customers.last_seen_at,
        customer_orders.first_ordered_at,
        customer_orders.last_ordered_at,
        customer_sessions.first_visited_at,
        customer_sessions.last_visited_at,
        carts.last_cart_at,
        carts.abandoned_cart_at,
        conversations.last_chatted_at,
        customer_events.last_attended_at,
        {% for channel in message_channels() -%}
            customer_messages.last_{{ channel }}_opened_at,
            customer_messages.last_{{ channel }}_clicked_at,
        {% endfor -%}
        customer_surveys.nps_answered_at,
        customer_surveys.last_survey_answered_at,

        -- lists
        system_ids.shop_customer_ids,
        system_ids.user_ids,
        system_ids.lead_ids,
        system_ids.profile_ids,
        system_ids.crm_contact_ids,
        system_ids.subscriber_ids,
        system_ids.messaging_user_ids,
        system_ids.chat_contact_ids,
        system_ids.anonymous_ids,
        categories.bought_categories,
        categories.browsed_categories,
        categories.categories_browsed_not_bought,
        categories.bought_category_dates

    from customers
    cross join as_of
    left join system_ids on customers.customer_id = system_ids.customer_id
    left join described on customers.customer_id = described.customer_id
    left join channels on customers.customer_id = channels.customer_id
    left join acquisitions on customers.customer_id = acquisitions.customer_id
    left join conversations on customers.customer_id = conversations.customer_id
    left join preferences on customers.customer_id = preferences.customer_id
    left join interests on customers.customer_id = interests.customer_id
    left join categories on customers.customer_id = categories.customer_id
    left join carts on customers.customer_id = carts.customer_id
    left join actions on customers.customer_id = actions.customer_id
    left join customer_sessions on customers.customer_id = customer_sessions.customer_id
    left join customer_messages on customers.customer_id = customer_messages.customer_id
    left join customer_surveys on customers.customer_id = customer_surveys.customer_id
    left join customer_orders on customers.customer_id = customer_orders.customer_id
    left join customer_events on customers.customer_id = customer_events.customer_id
    left join crm_contacts on customers.customer_id = crm_contacts.customer_id
    left join purchases on customers.customer_id = purchases.customer_id
    left join customer_months on customers.customer_id = customer_months.customer_id
    left join customer_rfm on customers.customer_id = customer_rfm.customer_id

),

-- all segments are judged in one pass, by what stands in the finished row
segmented as (

    select
        *,
        {{ segment_names() }} as segments
    from final

)

select * from segmented
