with

source as (

    {{ landed_rows(source('shopify', 'order_lines')) }}

),

-- of an order's lines only the first says what belongs to the whole order
first_lines as (

    select * from source
    where order_id is not null

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['order_id']) }} as version_rank
    from first_lines

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- a recipient's address stands in only where the buyer left none
addressed as (

    select
        *,
        trim(coalesce(billing_name, shipping_name)) as buyer_name,
        coalesce(billing_city, shipping_city) as city,
        coalesce(
            billing_province_name, billing_province, shipping_province_name, shipping_province
        ) as region,
        coalesce(billing_zip, shipping_zip) as postal_code,
        coalesce(billing_country, shipping_country) as country
    from current_versions

),

renamed as (

    select
        -- ids
        'shopify:' || order_id as order_id,
        order_id as shop_order_id,
        cast(null as string) as shop_customer_id,
        _file_id as file_id,

        -- text
        {{ shop_in_account('shopify') }} as shop,
        order_name,
        {{ normalize_email('email') }} as email,
        coalesce(phone, billing_phone) as phone,
        split_part(buyer_name, ' ', 1) as first_name,
        nullif(trim(substr(buyer_name, length(split_part(buyer_name, ' ', 1)) + 1)), '')
            as last_name,
        city,
        region,
        postal_code,
        {{ two_letter_country('country') }} as country_code,
        upper(currency) as currency_code,
        lower(financial_status) as payment_status,
        lower(fulfillment_status) as fulfillment_status,
        source as source_name,
        location as location_name,
        payment_method,
        discount_code,
        tags as order_tags,
        note_attributes,

        -- numbers
        cast(subtotal as decimal(18, 2)) as subtotal_amount,
        -- every download has these columns, and an empty cell of them is nothing charged
        cast(coalesce(discount_amount, 0) as decimal(18, 2)) as discount_amount,
        cast(coalesce(shipping, 0) as decimal(18, 2)) as shipping_amount,
        cast(coalesce(taxes, 0) as decimal(18, 2)) as tax_amount,
        cast(total as decimal(18, 2)) as total_amount,
        -- older downloads have no column of duties
        cast(duties as decimal(18, 2)) as duty_amount,
        -- a tip is one of the lines here
        cast(0 as decimal(18, 2)) as tip_amount,
        cast(coalesce(refunded_amount, 0) as decimal(18, 2)) as refunded_total_amount,
        cast(null as decimal(18, 2)) as refunded_amount,
        {{ gift_card_redeemed('payment_method', 'total') }} as gift_card_redeemed_amount,
        -- of an order taxed at several rates nobody says which goods had which
        case
            when coalesce(tax_2_value, 0) = 0 and tax_2_name is null
                then {{ percent_named('tax_1_name') }}
        end as tax_percent,

        -- booleans
        cast(null as boolean) as prices_include_tax,
        accepts_marketing as accepts_email,
        cancelled_at is not null as is_cancelled,
        coalesce(lower(payment_method) like '%bogus%', false) as is_test,
        false as is_credit_note,

        -- timestamps
        created_at as ordered_at,
        paid_at,
        fulfilled_at,
        cancelled_at,
        _exported_at as exported_at

    from addressed

)

select * from renamed
