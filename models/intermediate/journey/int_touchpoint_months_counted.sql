with

objectives as (

    select * from {{ ref('int_touchpoint_objectives_listed') }}

),

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}
    where not is_machine

),

touch_kinds as (

    select * from {{ ref('touch_kinds') }}
    where is_by_customer

),

conversations as (

    select * from {{ ref('int_conversations_unioned') }}

),

-- few rows before the patterns are tried
contact_months as (

    select
        touchpoints.channel,
        touchpoints.touch_kind,
        cast({{ dbt.date_trunc('month', 'touchpoints.touch_date') }} as date) as month_date,
        count(*) as contact_count,
        count(conversations.first_reply_at) as answered_contact_count,
        sum(touchpoints.duration_seconds) as duration_seconds
    from touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind
    left join conversations on touchpoints.contact_id = conversations.conversation_id
    group by
        touchpoints.channel,
        touchpoints.touch_kind,
        cast({{ dbt.date_trunc('month', 'touchpoints.touch_date') }} as date)

),

counted as (

    select
        objectives.touchpoint,
        objectives.month_date,
        sum(contact_months.contact_count) as interaction_count,
        sum(contact_months.duration_seconds) as time_spent_seconds,
        sum(
            case objectives.measured_by
                when 'contacts' then contact_months.contact_count
                when 'answered_contacts' then contact_months.answered_contact_count
            end
        ) filter (
            where coalesce(objectives.touch_kind, contact_months.touch_kind)
            = contact_months.touch_kind
        ) as kpi_value
    from objectives
    inner join contact_months
        on objectives.month_date = contact_months.month_date
        and (
            objectives.channel_pattern is null
            or {{ matches_column('contact_months.channel', 'objectives.channel_pattern') }}
        )
        and (
            objectives.touch_kind_pattern is null
            or {{ matches_column('contact_months.touch_kind', 'objectives.touch_kind_pattern') }}
        )
    group by objectives.touchpoint, objectives.month_date

)

select * from counted
