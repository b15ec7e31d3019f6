-- the recent messages of all customers are those that were delivered in the last days, by channel
with

messages as (

    select * from {{ ref('messages') }}
    where is_delivered

),

customers as (

    select * from {{ ref('customer_360') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

messages_by_channel as (

    select
        messages.channel,
        count(*) as delivered_count,
        count(messages.opened_at) as opened_count,
        count(messages.clicked_at) as clicked_count
    from messages
    cross join as_of
    where
        {{ dbt.datediff('messages.sent_date', 'as_of.as_of_date', 'day') }}
        < {{ var('recent_days') }}
    group by messages.channel

),

customers_by_channel as (

    {% for channel in message_channels() -%}
        select
            '{{ channel }}' as channel,
            sum(recent_{{ channel }}_delivered_count) as delivered_count,
            sum(recent_{{ channel }}_opened_count) as opened_count,
            sum(recent_{{ channel }}_clicked_count) as clicked_count
        from customers
        {{- "\n\n    union all\n" if not loop.last }}
    {% endfor %}
),

differing as (

    select
        customers_by_channel.channel,
        messages_by_channel.delivered_count as expected_count,
        customers_by_channel.delivered_count as actual_count
    from customers_by_channel
    left join messages_by_channel on customers_by_channel.channel = messages_by_channel.channel
    where
        coalesce(messages_by_channel.delivered_count, 0) <> customers_by_channel.delivered_count
        or coalesce(messages_by_channel.opened_count, 0) <> customers_by_channel.opened_count
        or coalesce(messages_by_channel.clicked_count, 0) <> customers_by_channel.clicked_count

)

select * from differing
