with

source as (

    {{ landed_rows(source('shopify', 'api_orders'), every_delivery=true) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['order_id', '_file_id', '_exported_at'], by=['updated_at']) }}
            as row_rank
    from source

),

one_row_per_file as (

    select
        *,
        max(updated_at) over (
            partition by order_id
            order by _exported_at, _file_id
            rows between unbounded preceding and 1 preceding
        ) as known_until_at
    from ranked
    where row_rank = 1

),

-- an answer that arrives late may tell an older state than one known before: that is no news
news as (

    select * from one_row_per_file
    where known_until_at is null or updated_at >= known_until_at

),

renamed as (

    select
        -- ids
        'shopify:' || order_id as order_id,
        _file_id as file_id,

        -- text
        lower(financial_status) as payment_status,

        -- numbers
        cast(subtotal_price as decimal(18, 2)) as subtotal_amount,
        cast(coalesce(greatest(subtotal_price - current_subtotal_price, 0), 0) as decimal(18, 2))
            as refunded_amount,

        -- booleans
        cancelled_at is not null as is_cancelled,

        -- timestamps
        _exported_at as exported_at

    from news

)

select * from renamed
