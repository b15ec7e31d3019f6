-- states that differ in case, spaces, hyphens and underscores alone are one, so none may be twice
with

order_states as (

    select * from {{ ref('order_states') }}

),

repeated as (

    select
        vendor,
        {{ order_state_key('order_state') }} as order_state_key,
        count(*) as row_count
    from order_states
    group by vendor, {{ order_state_key('order_state') }}
    having count(*) > 1

)

select * from repeated
