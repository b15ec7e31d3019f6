with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted

),

orders_converted as (

    select * from {{ ref('int_orders_converted') }}

),

order_lines as (

    select * from {{ ref('int_order_lines_valued') }}

),

products as (

    select * from {{ ref('int_products_unioned') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates_filled') }}

),

refund_lines as (

    select * from {{ ref('stg_shopify__api_refund_lines') }}

),

-- goods that came back cost nothing, unless they were not put back into stock
returns_by_line as (

    select
        order_id,
        shop_line_id,
        coalesce(
            sum(refunded_quantity) filter (where coalesce(restock_type, '') <> 'no_restock'), 0
        ) as restocked_quantity
    from refund_lines
    group by order_id, shop_line_id

),

orders_with_returns as (

    select distinct order_lines.order_id
    from order_lines
    inner join returns_by_line
        on order_lines.order_id = returns_by_line.order_id
        and order_lines.shop_line_id = returns_by_line.shop_line_id

),

-- where no export says which goods came back, as much of them did as was paid back for them
kept as (

    select
        order_lines.order_id,
        order_lines.product_id,
        case
            when orders_with_returns.order_id is not null
                then order_lines.quantity - coalesce(returns_by_line.restocked_quantity, 0)
            else
                order_lines.quantity
                * (
                    1 - coalesce(
                        {{ ratio(
                            'orders.original_refunded_amount', 'orders.original_subtotal_amount', 6
                        ) }},
                        0
                    )
                )
        end as quantity
    from order_lines
    inner join orders on order_lines.order_id = orders.order_id
    left join orders_with_returns on order_lines.order_id = orders_with_returns.order_id
    left join returns_by_line
        on order_lines.order_id = returns_by_line.order_id
        and order_lines.shop_line_id = returns_by_line.shop_line_id

),

-- a product without a currency costs in the order's
priced as (

    select
        kept.order_id,
        kept.quantity * products.unit_cost_amount as cost_amount,
        coalesce(products.currency_code, orders_converted.currency_code) as currency_code,
        orders.order_date
    from kept
    inner join orders on kept.order_id = orders.order_id
    inner join orders_converted on kept.order_id = orders_converted.order_id
    left join products on kept.product_id = products.product_id

),

costs_by_currency as (

    select
        order_id,
        currency_code,
        sum(cost_amount) as cost_amount,
        count(*) filter (where cost_amount is null) as unknown_count,
        order_date
    from priced
    group by order_id, currency_code, order_date

),

rated as (

    {{ with_unit_value('costs_by_currency', 'order_date') }}

),

costs_by_order as (

    select
        order_id,
        sum({{ converted_amount('cost_amount') }}) as cost_amount,
        sum(unknown_count + case when unit_value is null then 1 else 0 end) as unknown_count
    from rated
    group by order_id

),

margins as (

    select
        orders.order_id,
        cast(
            case
                when costs_by_order.unknown_count = 0
                    then orders.net_revenue - costs_by_order.cost_amount
            end as decimal(18, 2)
        ) as margin
    from orders
    left join costs_by_order on orders.order_id = costs_by_order.order_id

)

select * from margins
