with

source as (

    {{ landed_rows(source('mapped', 'order_lines')) }}

),

ranked as (

    select
        *,
        {{ newest_file_rank(of=['shop', 'order_id']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- equal rows are as many lines; a line's number only says in which order they stand
numbered as (

    select
        *,
        row_number() over (
            partition by shop, order_id
            order by line_number nulls last, _line
        ) as position_in_order
    from current_versions

),

-- of price, discount and amount of a line any two give the third; with one of them alone the price
-- is what was paid, and whether there was a discount is not known
priced as (

    select
        *,
        coalesce(
            unit_price,
            cast(
                (line_amount + coalesce(line_discount, 0)) / nullif(quantity, 0) as decimal(18, 6)
            ),
            0
        ) as unit_price_amount,
        cast(
            coalesce(line_discount, unit_price * quantity - line_amount) as decimal(18, 6)
        ) as line_discount_amount,
        cast(
            coalesce(line_amount, unit_price * quantity - coalesce(line_discount, 0))
            as decimal(18, 6)
        ) as line_amount_paid
    from numbered

),

renamed as (

    select
        -- ids
        shop || ':' || order_id || ':' || cast(position_in_order as string) as order_line_id,
        shop || ':' || order_id as order_id,
        order_id as shop_order_id,
        shop_customer_id,
        product_id,
        variant_id,
        _file_id as file_id,

        -- text
        shop,
        coalesce(order_name, order_id) as order_name,
        {{ normalize_email('email') }} as email,
        phone,
        first_name,
        last_name,
        city,
        region,
        country,
        {{ two_letter_country('country') }} as country_code,
        upper(currency_code) as currency_code,
        lower(payment_status) as payment_status,
        source_name,
        sku,
        product_name,
        vendor_name,
        category,

        -- numbers
        position_in_order as line_number,
        quantity,
        unit_price_amount,
        line_discount_amount,
        line_amount_paid as line_amount,
        cast(line_tax as decimal(18, 2)) as tax_amount,

        -- booleans
        prices_include_tax,
        coalesce(is_cancelled, false) as is_cancelled,
        coalesce(is_test, false) as is_test,
        coalesce({{ matches_column('order_id', 'credit_note_pattern') }}, false) as is_credit_note,

        -- timestamps
        ordered_at,
        _exported_at as exported_at

    from priced

)

select * from renamed
