with

orders as (

    select * from {{ ref('int_orders_deduplicated') }}

),

order_lines as (

    select * from {{ ref('int_order_lines_typed') }}

),

lines_by_order as (

    select
        order_id,
        order_source,
        coalesce(sum(discounted_amount) filter (where line_type = 'gift_card'), 0)
            as gift_card_amount,
        coalesce(sum(discounted_amount) filter (where line_type = 'tip'), 0) as tip_amount,
        coalesce(sum(tax_amount) filter (where line_type = 'goods'), 0) as goods_tax_amount,
        count(*) filter (where line_type = 'goods') > 0 as has_goods
    from order_lines
    group by order_id, order_source

),

-- an amount that the export does not state is taken to be 0, so that the rest can be told apart.
-- surplus: what the buyer paid beside the subtotal, shipping, duties and tips. It is the tax, or
-- nothing where the prices include the tax
charged as (

    select
        orders.order_id,
        orders.subtotal_amount,
        coalesce(orders.shipping_amount, 0) as shipping_amount,
        coalesce(orders.tax_amount, 0) as tax_amount,
        coalesce(orders.duty_amount, 0) as duty_amount,
        coalesce(nullif(orders.tip_amount, 0), lines_by_order.tip_amount, 0) as tip_amount,
        orders.duty_amount as stated_duty_amount,
        coalesce(
            nullif(orders.tip_amount, 0), nullif(lines_by_order.tip_amount, 0), orders.tip_amount
        ) as stated_tip_amount,
        -- of an order without lines nobody says that it is not of goods
        coalesce(lines_by_order.gift_card_amount, 0) as gift_card_amount,
        coalesce(lines_by_order.goods_tax_amount, 0) as line_tax_amount,
        coalesce(lines_by_order.has_goods, true) as has_goods,
        orders.tax_percent,
        orders.prices_include_tax,
        orders.total_amount
        - orders.subtotal_amount
        - coalesce(orders.shipping_amount, 0)
        - coalesce(orders.duty_amount, 0)
        - coalesce(nullif(orders.tip_amount, 0), lines_by_order.tip_amount, 0) as surplus_amount
    from orders
    left join lines_by_order
        on orders.order_id = lines_by_order.order_id
        and orders.order_source = lines_by_order.order_source

),

-- a tip may be in the subtotal
tips_placed as (

    select
        *,
        tip_amount <> 0
        and least(abs(surplus_amount + tip_amount), abs(surplus_amount + tip_amount - tax_amount))
        < least(abs(surplus_amount), abs(surplus_amount - tax_amount)) as is_tip_in_subtotal
    from charged

),

tipped as (

    select
        *,
        case when is_tip_in_subtotal then subtotal_amount - tip_amount else subtotal_amount end
        - gift_card_amount as goods_with_tax_amount,
        case when is_tip_in_subtotal then surplus_amount + tip_amount else surplus_amount end
            as tax_surplus_amount
    from tips_placed

),

-- shipping may be listed and not charged, when a voucher paid it
shipped as (

    select
        *,
        coalesce(
            least(
                abs(tax_surplus_amount + shipping_amount),
                abs(tax_surplus_amount + shipping_amount - tax_amount)
            )
            < least(abs(tax_surplus_amount), abs(tax_surplus_amount - tax_amount)),
            false
        ) as is_shipping_free
    from tipped

),

decided as (

    select
        *,
        case when is_shipping_free then 0 else shipping_amount end as charged_shipping_amount,
        coalesce(
            prices_include_tax,
            abs(case
                when is_shipping_free then tax_surplus_amount + shipping_amount
                else tax_surplus_amount
            end)
            < abs(case
                when is_shipping_free then tax_surplus_amount + shipping_amount
                else tax_surplus_amount
            end - tax_amount),
            false
        ) as is_tax_included
    from shipped

),

-- the tax of an order is the goods' and the shipping's: all of it the goods' where shipping cost
-- nothing, else as the lines say, else at the order's own rate, else by their amounts
taxed as (

    select
        *,
        case
            when not is_tax_included or tax_amount = 0 then 0
            when goods_with_tax_amount = 0 then 0
            when charged_shipping_amount = 0 and duty_amount = 0 then tax_amount
            when line_tax_amount > 0 and line_tax_amount <= tax_amount then line_tax_amount
            when tax_percent > 0 and goods_with_tax_amount > 0
                then least(
                    tax_amount,
                    {{ ratio('goods_with_tax_amount * tax_percent', '100 + tax_percent', 2) }}
                )
            else coalesce(
                {{ ratio(
                    'cast(tax_amount as double) * cast(goods_with_tax_amount as double)',
                    'goods_with_tax_amount + charged_shipping_amount',
                    2
                ) }},
                0
            )
        end as goods_tax_amount
    from decided

),

split as (

    select
        order_id,
        goods_with_tax_amount,
        cast(goods_with_tax_amount - goods_tax_amount as decimal(18, 2)) as goods_amount,
        gift_card_amount as gift_card_sold_amount,
        stated_tip_amount as tip_amount,
        stated_duty_amount as duty_amount,
        charged_shipping_amount + tip_amount + duty_amount as services_amount,
        has_goods,
        is_tax_included
    from taxed

)

select * from split
