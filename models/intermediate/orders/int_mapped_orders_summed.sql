with

order_lines as (

    select * from {{ ref('stg_mapped__order_lines') }}

),

amounts_by_order as (

    select
        order_id,
        cast(sum(line_amount) as decimal(18, 2)) as subtotal_amount,
        cast(sum(line_discount_amount) as decimal(18, 2)) as discount_amount,
        cast(sum(tax_amount) as decimal(18, 2)) as tax_amount
    from order_lines
    group by order_id

),

-- what a file of lines says of the order stands on each line; the first one speaks for it
first_lines as (

    select * from order_lines
    where line_number = 1

),

orders_summed as (

    select
        first_lines.order_id,
        first_lines.shop_order_id,
        first_lines.shop_customer_id,
        first_lines.file_id,
        first_lines.shop,
        first_lines.order_name,
        first_lines.email,
        first_lines.phone,
        first_lines.first_name,
        first_lines.last_name,
        first_lines.city,
        first_lines.region,
        first_lines.country,
        first_lines.country_code,
        first_lines.currency_code,
        first_lines.payment_status,
        first_lines.source_name,
        amounts_by_order.subtotal_amount,
        amounts_by_order.discount_amount,
        amounts_by_order.tax_amount,
        first_lines.prices_include_tax,
        first_lines.is_cancelled,
        first_lines.is_test,
        first_lines.is_credit_note,
        first_lines.ordered_at,
        first_lines.exported_at
    from first_lines
    inner join amounts_by_order on first_lines.order_id = amounts_by_order.order_id

)

select * from orders_summed
