with

source as (

    {{ landed_rows(source('mapped', 'orders'), every_delivery=true) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['shop', 'order_id', '_file_id', '_exported_at']) }} as row_rank
    from source

),

one_row_per_file as (

    select * from ranked
    where row_rank = 1

),

renamed as (

    select
        -- ids
        shop || ':' || order_id as order_id,
        _file_id as file_id,

        -- text
        lower(payment_status) as payment_status,

        -- numbers
        {{ mapped_subtotal() }} as subtotal_amount,
        cast(refunded as decimal(18, 2)) as refunded_amount,
        cast(refunded_total as decimal(18, 2)) as refunded_total_amount,

        -- booleans
        coalesce(is_cancelled, cancelled_at is not null) as is_cancelled,

        -- timestamps
        _exported_at as exported_at

    from one_row_per_file

)

select * from renamed
