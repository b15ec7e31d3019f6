with

source as (

    {{ landed_rows(source('shopify', 'order_lines'), every_delivery=true) }}

),

-- of an order's lines only the first says what belongs to the whole order
first_lines as (

    select * from source
    where order_id is not null

),

-- an order can stand twice in a file put together from two exports
ranked as (

    select
        *,
        {{ newest_row_rank(of=['order_id', '_file_id', '_exported_at']) }} as row_rank
    from first_lines

),

one_row_per_file as (

    select * from ranked
    where row_rank = 1

),

renamed as (

    select
        -- ids
        'shopify:' || order_id as order_id,
        _file_id as file_id,

        -- text
        lower(financial_status) as payment_status,

        -- numbers
        cast(subtotal as decimal(18, 2)) as subtotal_amount,
        cast(coalesce(refunded_amount, 0) as decimal(18, 2)) as refunded_total_amount,

        -- booleans
        cancelled_at is not null as is_cancelled,

        -- timestamps
        _exported_at as exported_at

    from one_row_per_file

)

select * from renamed
