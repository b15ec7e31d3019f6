with

source as (

    {{ landed_rows(source('mapped', 'orders')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['shop', 'order_id']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        shop || ':' || order_id as order_id,
        order_id as shop_order_id,
        shop_customer_id,
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

        -- numbers
        {{ mapped_subtotal() }} as subtotal_amount,
        cast(discount as decimal(18, 2)) as discount_amount,
        cast(shipping as decimal(18, 2)) as shipping_amount,
        cast(tax as decimal(18, 2)) as tax_amount,
        cast(total as decimal(18, 2)) as total_amount,
        cast(refunded as decimal(18, 2)) as refunded_amount,
        cast(refunded_total as decimal(18, 2)) as refunded_total_amount,

        -- booleans
        prices_include_tax,
        coalesce(is_cancelled, cancelled_at is not null) as is_cancelled,
        coalesce(is_test, false) as is_test,
        coalesce({{ matches_column('order_id', 'credit_note_pattern') }}, false) as is_credit_note,

        -- timestamps
        ordered_at,
        cancelled_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
