with

items as (

    select * from {{ ref('int_square_items_typed') }}

),

time_zone_labels as (

    select * from {{ ref('time_zone_labels') }}

),

-- what is given back may stand in the transaction that sold it or in one of its own
amounts_by_order as (

    select
        order_id,
        bool_and(is_refund) as is_credit_note,
        sum(net_amount) as net_amount,
        coalesce(sum(net_amount) filter (where not is_refund), 0) as sold_amount,
        coalesce(-sum(net_amount) filter (where is_refund and line_type = 'goods'), 0)
            as refunded_amount,
        coalesce(sum(discount_amount) filter (where not is_refund), 0) as sold_discount_amount,
        sum(discount_amount) as discount_amount,
        coalesce(sum(tax_amount) filter (where not is_refund), 0) as sold_tax_amount,
        sum(tax_amount) as tax_amount,
        max(shop_customer_id) as shop_customer_id,
        max(exported_at) as exported_at
    from items
    group by order_id

),

ranked as (

    select
        *,
        row_number() over (
            partition by order_id
            order by is_refund asc, local_time asc, file_id asc, file_line asc
        ) as item_rank
    from items

),

-- what a row says of the whole transaction stands on each of them; the first sale speaks for it
first_items as (

    select * from ranked
    where item_rank = 1

),

orders_summed as (

    select
        first_items.order_id,
        first_items.shop_order_id,
        amounts_by_order.shop_customer_id,
        first_items.file_id,
        first_items.shop,
        cast(null as string) as order_name,
        cast(null as string) as email,
        cast(null as string) as phone,
        first_items.first_name,
        first_items.last_name,
        cast(null as string) as city,
        cast(null as string) as region,
        cast(null as string) as postal_code,
        cast(null as string) as country_code,
        first_items.currency_code,
        case
            when amounts_by_order.is_credit_note then 'refunded'
            when amounts_by_order.net_amount = amounts_by_order.sold_amount then 'paid'
            when amounts_by_order.net_amount > 0 then 'partially_refunded'
            else 'refunded'
        end as payment_status,
        'pos' as source_name,
        first_items.location_name,
        case
            when amounts_by_order.is_credit_note then amounts_by_order.net_amount
            else amounts_by_order.sold_amount
        end as subtotal_amount,
        case
            when amounts_by_order.is_credit_note then amounts_by_order.discount_amount
            else amounts_by_order.sold_discount_amount
        end as discount_amount,
        cast(0 as decimal(18, 2)) as shipping_amount,
        case
            when amounts_by_order.is_credit_note then amounts_by_order.tax_amount
            else amounts_by_order.sold_tax_amount
        end as tax_amount,
        case
            when amounts_by_order.is_credit_note
                then amounts_by_order.net_amount + amounts_by_order.tax_amount
            else amounts_by_order.sold_amount + amounts_by_order.sold_tax_amount
        end as total_amount,
        case
            when amounts_by_order.is_credit_note then 0
            else amounts_by_order.refunded_amount
        end as refunded_amount,
        false as prices_include_tax,
        false as is_cancelled,
        false as is_test,
        amounts_by_order.is_credit_note,
        {{ utc_from_local(
            'first_items.local_time',
            "coalesce(time_zone_labels.time_zone, " ~ business_timezone() ~ ")"
        ) }} as ordered_at,
        cast(null as timestamp) as cancelled_at,
        amounts_by_order.exported_at
    from first_items
    inner join amounts_by_order on first_items.order_id = amounts_by_order.order_id
    left join time_zone_labels
        on first_items.time_zone_label = time_zone_labels.time_zone_label

)

select * from orders_summed
