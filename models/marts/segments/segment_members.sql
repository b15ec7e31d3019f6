with

customers as (

    select * from {{ ref('customer_360') }}

),

history as (

    select * from {{ ref('segment_history') }}
    where left_on is null

),

members as (

    select
        {{ each_element('segments') }} as segment_name,
        customer_id,
        is_known,
        net_revenue
    from customers

),

final as (

    select
        -- ids
        members.customer_id,

        -- text
        members.segment_name,

        -- numbers
        members.net_revenue,

        -- booleans
        members.is_known,

        -- dates
        history.entered_on

    from members
    left join history
        on members.segment_name = history.segment_name
        and members.customer_id = history.customer_id

)

select * from final
