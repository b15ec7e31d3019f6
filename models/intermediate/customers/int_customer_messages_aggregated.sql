with

messages as (

    select * from {{ ref('int_messages_aggregated') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select
        customers.customer_id,
        messages.channel,
        messages.is_delivered,
        messages.is_delivered and messages.open_count > 0 as is_opened,
        messages.is_delivered and messages.click_count > 0 as is_clicked,
        {{ dbt.datediff(business_date('messages.sent_at'), 'as_of.as_of_date', 'day') }}
        < {{ var('recent_days') }} as is_recent,
        messages.last_opened_at,
        messages.last_clicked_at
    from messages
    inner join customers on messages.source_record_id = customers.identifier_key
    cross join as_of

),

by_channel as (

    select
        customer_id,
        channel,
        count(*) filter (where is_recent and is_delivered) as delivered_count,
        count(*) filter (where is_recent and is_opened) as opened_count,
        count(*) filter (where is_recent and is_clicked) as clicked_count,
        max(last_opened_at) as last_opened_at,
        max(last_clicked_at) as last_clicked_at
    from dated
    group by customer_id, channel

),

rated as (

    select
        *,
        {{ ratio('opened_count', 'delivered_count', 4) }} as open_rate,
        {{ ratio('clicked_count', 'delivered_count', 4) }} as click_rate
    from by_channel

),

pivoted as (

    select
        {% for channel in message_channels() -%}
            {% for count in ['delivered_count', 'opened_count', 'clicked_count'] -%}
                coalesce(
                    max({{ count }}) filter (where channel = '{{ channel }}'), 0
                ) as recent_{{ channel }}_{{ count }},
            {% endfor -%}
            {% for rate in ['open_rate', 'click_rate'] -%}
                max({{ rate }}) filter (
                    where channel = '{{ channel }}'
                ) as recent_{{ channel }}_{{ rate }},
            {% endfor -%}
            {% for moment in ['opened_at', 'clicked_at'] -%}
                max(last_{{ moment }}) filter (
                    where channel = '{{ channel }}'
                ) as last_{{ channel }}_{{ moment }},
            {% endfor -%}
        {% endfor -%}
        customer_id
    from rated
    group by customer_id

)

select * from pivoted
