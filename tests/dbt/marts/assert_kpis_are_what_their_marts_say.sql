-- each value is that of plain SQL over the mart it is about, each interaction is one of the
-- touchpoints, and none is missing
{% set is_of_channel -%}
    objectives.channel_pattern is null
    or {{ matches_column('fact_months.channel', 'objectives.channel_pattern') }}
{%- endset -%}
{% set is_of_kind -%}
    objectives.touch_kind_pattern is null
    or {{ matches_column('fact_months.touch_kind', 'objectives.touch_kind_pattern') }}
{%- endset -%}
with

touch_kinds as (

    select * from {{ ref('touch_kinds') }}
    where is_by_customer

),

touchpoints as (

    select touchpoints.*
    from {{ ref('touchpoints') }} as touchpoints
    inner join touch_kinds on touchpoints.touch_kind = touch_kinds.touch_kind
    where not touchpoints.is_machine

),

sessions as (

    select * from {{ ref('sessions') }}

),

attribution_channels as (

    select * from {{ ref('attribution_channels') }}
    where
        attribution_model = '{{ var("attribution_model") }}'
        and conversion_kind = '{{ var("attribution_conversion_kind") }}'

),

objectives as (

    select * from {{ ref('int_touchpoint_objectives_listed') }}

),

touchpoint_kpis as (

    select * from {{ ref('touchpoint_kpis') }}

),

answered_conversations as (

    select * from {{ ref('int_conversations_unioned') }}
    where
        first_reply_at is not null
        and (started_by = 'customer' or coalesce(customer_message_count, 1) > 0)

),

facts as (

    select
        'visits' as kpi,
        channel,
        'visit' as touch_kind,
        session_date as fact_date,
        1 as fact_value
    from sessions

    union all

    select
        case touch_kind
            when 'open' then 'opens'
            when 'click' then 'clicks'
            when 'reply' then 'replies'
            when 'answer' then 'responses'
            when 'chat' then 'conversations'
            when 'attend' then 'attendees'
            when 'buy' then 'purchases'
        end as kpi,
        channel,
        touch_kind,
        touch_date as fact_date,
        1 as fact_value
    from touchpoints
    where touch_kind in ('open', 'click', 'reply', 'answer', 'chat', 'attend', 'buy')

    union all

    select
        'interactions' as kpi,
        channel,
        touch_kind,
        touch_date as fact_date,
        1 as fact_value
    from touchpoints

    union all

    select
        'conversations_answered' as kpi,
        'Chat' as channel,
        'chat' as touch_kind,
        {{ business_date('started_at') }} as fact_date,
        1 as fact_value
    from answered_conversations

    union all

    select
        'attributed_conversions' as kpi,
        channel,
        null as touch_kind,
        attribution_date as fact_date,
        conversion_count as fact_value
    from attribution_channels

    union all

    select
        'attributed_revenue' as kpi,
        channel,
        null as touch_kind,
        attribution_date as fact_date,
        revenue as fact_value
    from attribution_channels

),

-- the patterns are tried on few rows
fact_months as (

    select
        kpi,
        channel,
        touch_kind,
        cast({{ dbt.date_trunc('month', 'fact_date') }} as date) as month_date,
        sum(fact_value) as fact_value
    from facts
    group by kpi, channel, touch_kind, cast({{ dbt.date_trunc('month', 'fact_date') }} as date)

),

expected as (

    select
        objectives.touchpoint,
        objectives.month_date,
        sum(
            case
                when
                    fact_months.kpi = objectives.kpi
                    and (fact_months.touch_kind is null or {{ is_of_kind }})
                    then fact_months.fact_value
            end
        ) as kpi_value,
        sum(
            case
                when fact_months.kpi = 'interactions' and ({{ is_of_kind }})
                    then fact_months.fact_value
            end
        ) as interaction_count
    from objectives
    inner join fact_months
        on objectives.month_date = fact_months.month_date
        and ({{ is_of_channel }})
    group by objectives.touchpoint, objectives.month_date

),

compared as (

    select
        coalesce(expected.touchpoint, touchpoint_kpis.touchpoint) as touchpoint,
        coalesce(expected.month_date, touchpoint_kpis.month_date) as month_date,
        cast(coalesce(expected.kpi_value, 0) as decimal(18, 2)) as expected_value,
        coalesce(touchpoint_kpis.kpi_value, 0) as kpi_value,
        coalesce(expected.interaction_count, 0) as expected_interaction_count,
        coalesce(touchpoint_kpis.interaction_count, 0) as interaction_count
    from expected
    full outer join touchpoint_kpis
        on expected.touchpoint = touchpoint_kpis.touchpoint
        and expected.month_date = touchpoint_kpis.month_date

)

select * from compared
where expected_value <> kpi_value or expected_interaction_count <> interaction_count
