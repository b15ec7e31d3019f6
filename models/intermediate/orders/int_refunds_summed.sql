with

api_refunds as (

    select * from {{ ref('stg_shopify__api_refunds') }}

),

square_items as (

    select * from {{ ref('stg_square__items') }}
    where is_refund

),

refunds as (

    select
        order_id,
        refunded_amount,
        coalesce(
            {{ business_date('refunded_at') }}, {{ exported_day('exported_at') }}
        ) as refunded_date
    from api_refunds

    union all

    select
        order_id,
        -net_amount as refunded_amount,
        sold_date as refunded_date
    from square_items

),

summed as (

    select
        order_id,
        cast(sum(refunded_amount) as decimal(18, 2)) as refunded_amount,
        refunded_date
    from refunds
    group by order_id, refunded_date

)

select * from summed
