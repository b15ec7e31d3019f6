-- nobody is to be approached next on a channel they are not reachable on
with

customers as (

    select * from {{ ref('customer_360') }}

),

unreachable as (

    select
        customer_id,
        next_best_action,
        next_best_channel
    from customers
    where
        case next_best_channel
            {% for channel in consent_channels() -%}
                when '{{ channel }}' then not is_reachable_by_{{ channel }}
            {% endfor -%}
            else next_best_channel is null
        end

)

select * from unreachable
