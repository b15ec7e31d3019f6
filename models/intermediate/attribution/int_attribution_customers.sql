with

conversions as (

    select * from {{ ref('int_conversions_unioned') }}

),

touchpoints as (

    select * from {{ ref('int_touchpoints_identified') }}

),

customers as (

    select customer_id from conversions

    union

    select customer_id from touchpoints

),

numbered as (

    select
        customer_id,
        row_number() over (order by customer_id) as customer_number
    from customers

)

select * from numbered
