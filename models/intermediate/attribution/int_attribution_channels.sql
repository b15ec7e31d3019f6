with

channels as (

    select * from {{ ref('channels') }}

),

numbered as (

    select
        channel,
        cast(row_number() over (order by channel) as integer) as channel_number,
        is_direct,
        is_paid
    from channels

)

select * from numbered
