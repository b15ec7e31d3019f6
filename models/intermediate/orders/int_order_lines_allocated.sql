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
        discounted_amount - coalesce(tax_amount, 0) as untaxed_amount
    from order_lines

),

amounts_by_order as (

    select
        order_id,
        sum(gross_amount) as gross_amount,
        sum(discounted_amount) as discounted_amount,
        sum(untaxed_amount) as untaxed_amount
    from priced
    group by order_id

),

-- some shops repeat the line discounts in the order's discount and some do not; the subtotal is
-- right in both, so the weights are the prices that lead to it, without the tax that lines state
compared as (

    select
        priced.*,
        orders.subtotal_with_tax_amount,
        orders.subtotal_amount,
        orders_converted.unit_value,
        orders.is_counted,
        amounts_by_order.gross_amount as order_gross_amount,
        (
            amounts_by_order.discounted_amount = orders.subtotal_with_tax_amount
            and amounts_by_order.discounted_amount <> 0
        ) as has_exact_prices,
        amounts_by_order.discounted_amount = orders.subtotal_amount as is_exact,
        (
            orders.is_tax_included and amounts_by_order.untaxed_amount = orders.subtotal_amount
        ) as is_exact_untaxed
    from priced
    inner join amounts_by_order on priced.order_id = amounts_by_order.order_id
    inner join orders on priced.order_id = orders.order_id
    inner join orders_converted on priced.order_id = orders_converted.order_id

),

weighted as (

    select
        *,
        cast(
            case
                when is_exact then discounted_amount * 100
                when is_exact_untaxed then untaxed_amount * 100
                when has_exact_prices then discounted_amount * 100
                when order_gross_amount <> 0 then gross_amount * 100
                else 1
            end as bigint
        ) as weight
    from compared

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
            when is_exact or is_exact_untaxed then weight_so_far
            else {{ integer_quotient('subtotal_cents * weight_so_far', 'whole_weight') }}
        end as cents_so_far
    from cumulated

),

valued as (

    select
        *,
        {{ untaxed('gross_amount', 'subtotal_amount', 'subtotal_with_tax_amount') }}
            as gross_untaxed_amount,
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
        gross_untaxed_amount as original_gross_revenue,
        cast(
            original_so_far
            - coalesce(
                lag(original_so_far) over (
                    partition by order_id order by line_number, order_line_id
                ),
                0
            ) as decimal(18, 2)
        ) as original_net_amount,
        {{ converted_amount('gross_untaxed_amount') }} as gross_revenue,
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
