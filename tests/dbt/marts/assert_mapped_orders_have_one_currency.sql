-- amounts of an order are added up, so its row and its lines must not name different currencies;
-- map the amounts of one currency, the shop's
with

named as (

    select
        order_id,
        shop,
        currency_code
    from {{ ref('stg_mapped__order_lines') }}

    union all

    select
        order_id,
        shop,
        currency_code
    from {{ ref('stg_mapped__orders') }}

),

mixed as (

    select
        order_id,
        shop,
        count(distinct currency_code) as currency_count
    from named
    group by order_id, shop
    having count(distinct currency_code) > 1

)

select * from mixed
