with

order_lines as (

    select * from {{ ref('int_order_lines_unioned') }}

),

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

orders_converted as (

    select * from {{ ref('int_orders_converted') }}

),

priced as (

    select
        *,
        cast(round(quantity * unit_price_amount, 2) as decimal(18, 2)) as gross_amount,
        cast(round(quantity * unit_price_amount - line_discount_amount, 2) as decimal(18, 2))
            as discounted_amount
    from order_lines

),

amounts_by_order as (

    select
        order_id,
        sum(gross_amount) as gross_amount,
        sum(discounted_amount) as discounted_amount
    from priced
    group by order_id

),

-- some shops repeat the line discounts in the order's discount and some do not; the subtotal is
-- right in both, so the weights are the prices that lead to it
weighted as (

    select
        priced.*,
        orders.subtotal_amount,
        orders_converted.unit_value,
        orders.is_counted,
        amounts_by_order.discounted_amount = orders.subtotal_amount as is_exact,
        case
            when amounts_by_order.discounted_amount = orders.subtotal_amount
                then cast(priced.discounted_amount * 100 as bigint)
            when amounts_by_order.gross_amount <> 0 then cast(priced.gross_amount * 100 as bigint)
            else 1
        end as weight
    from priced
    inner join amounts_by_order on priced.order_id = amounts_by_order.order_id
    inner join orders on priced.order_id = orders.order_id
    inner join orders_converted on priced.order_id = orders_converted.order_id

),

cumulated as (

    select
        *,
        sum(weight) over (
            partition by order_id order by line_number, order_line_id
            rows between unbounded preceding and current row
        ) as weight_so_far,
        sum(weight) over (partition by order_id) as whole_weight,
        cast(subtotal_amount * 100 as bigint) as subtotal_cents
    from weighted

),

-- each line ends where its share of the subtotal ends, in whole cents; the last ends at all of it
ended as (

    select
        *,
        case
            when is_exact then weight_so_far
            else {{ integer_quotient('subtotal_cents * weight_so_far', 'whole_weight') }}
        end as cents_so_far
    from cumulated

),

valued as (

    select
        *,
        cast(
            cast(cents_so_far as bigint) * cast(0.01 as decimal(3, 2)) as decimal(18, 2)
        ) as original_so_far
    from ended

),

converted as (

    select
        *,
        {{ converted_amount('original_so_far') }} as converted_so_far
    from valued

),

allocated as (

    select
        order_line_id,
        order_id,
        gross_amount as original_gross_revenue,
        cast(
            original_so_far
            - coalesce(
                lag(original_so_far) over (
                    partition by order_id order by line_number, order_line_id
                ),
                0
            ) as decimal(18, 2)
        ) as original_net_amount,
        {{ converted_amount('gross_amount') }} as gross_revenue,
        cast(
            converted_so_far
            - coalesce(
                lag(converted_so_far) over (
                    partition by order_id order by line_number, order_line_id
                ),
                0
            ) as decimal(18, 2)
        ) as net_amount,
        is_counted
    from converted

)

select * from allocated
