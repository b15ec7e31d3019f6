-- each session, counted order, message event, survey response, conversation in which the customer
-- wrote and event attended is exactly one touchpoint, and a touchpoint is nothing else
with

expected as (

    select
        'visit' as contact_kind,
        session_id as contact
    from {{ ref('sessions') }}

    union all

    select
        'order' as contact_kind,
        order_id as contact
    from {{ ref('orders') }}
    where is_counted and not is_credit_note

    union all

    select
        'message' as contact_kind,
        message_event_id as contact
    from {{ ref('int_message_events_judged') }}

    union all

    select
        'survey' as contact_kind,
        response_id as contact
    from {{ ref('int_survey_responses_unioned') }}

    union all

    select
        'chat' as contact_kind,
        conversation_id as contact
    from {{ ref('int_conversations_unioned') }}
    where started_by = 'customer' or coalesce(customer_message_count, 1) > 0

    union all

    select
        'attendance' as contact_kind,
        attendance_id as contact
    from {{ ref('int_event_attendances_unioned') }}
    where
        is_attended
        and coalesce(event_started_at, registered_at) is not null

),

found as (

    select
        case touch_kind
            when 'visit' then 'visit'
            when 'buy' then 'order'
            when 'answer' then 'survey'
            when 'chat' then 'chat'
            when 'attend' then 'attendance'
            else 'message'
        end as contact_kind,
        case touch_kind
            when 'visit' then session_id
            when 'buy' then order_id
            when 'answer' then contact_id
            when 'chat' then contact_id
            when 'attend' then contact_id
            else substr(touchpoint_id, length('messages:') + 1)
        end as contact
    from {{ ref('touchpoints') }}

),

-- numbers group several times faster than the texts they stand for; that two of a hundred million
-- contacts have one number has odds of one to four thousand
counted as (

    select
        {{ text_number('contact_kind, contact') }} as contact_number,
        1 as expected_count,
        0 as found_count
    from expected

    union all

    select
        {{ text_number('contact_kind, contact') }} as contact_number,
        0 as expected_count,
        1 as found_count
    from found

)

select
    contact_number,
    sum(expected_count) as expected_count,
    sum(found_count) as found_count
from counted
group by contact_number
having sum(expected_count) <> 1 or sum(found_count) <> 1
