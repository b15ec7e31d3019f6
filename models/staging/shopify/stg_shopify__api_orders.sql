with

source as (

    {{ landed_rows(source('shopify', 'api_orders')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['order_id'], by=['updated_at']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        'shopify:' || order_id as order_id,
        order_id as shop_order_id,
        customer_id as shop_customer_id,
        checkout_token,
        cart_token,
        _file_id as file_id,

        -- text
        {{ shop_in_account('shopify') }} as shop,
        order_name,
        {{ normalize_email('coalesce(email, customer_email)') }} as email,
        coalesce(phone, customer_phone, billing_phone) as phone,
        coalesce(customer_first_name, billing_first_name) as first_name,
        coalesce(customer_last_name, billing_last_name) as last_name,
        coalesce(billing_city, shipping_city) as city,
        coalesce(billing_province, shipping_province) as region,
        cast(null as string) as postal_code,
        {{ two_letter_country('coalesce(billing_country_code, shipping_country_code)') }}
            as country_code,
        upper(currency) as currency_code,
        upper(presentment_currency) as presentment_currency_code,
        lower(financial_status) as payment_status,
        lower(fulfillment_status) as fulfillment_status,
        source_name,
        landing_site,
        referring_site,
        note_attributes,
        discount_codes,
        tags as order_tags,

        -- numbers
        cast(subtotal_price as decimal(18, 2)) as subtotal_amount,
        cast(total_discounts as decimal(18, 2)) as discount_amount,
        cast(total_shipping as decimal(18, 2)) as shipping_amount,
        cast(total_tax as decimal(18, 2)) as tax_amount,
        cast(total_price as decimal(18, 2)) as total_amount,
        -- the API leaves duties out where there are none
        cast(coalesce(total_duties, 0) as decimal(18, 2)) as duty_amount,
        cast(total_tip as decimal(18, 2)) as tip_amount,
        cast(null as decimal(18, 2)) as refunded_total_amount,
        -- lines removed or returned; money given back beside them has rows of its own
        cast(greatest(subtotal_price - current_subtotal_price, 0) as decimal(18, 2))
            as refunded_amount,
        {{ gift_card_redeemed('payment_gateway_names', 'total_price') }}
            as gift_card_redeemed_amount,
        case
            when {{ json_text('tax_lines', '$[1].rate') }} is null
                then cast({{ json_text('tax_lines', '$[0].rate') }} as double) * 100
        end as tax_percent,
        cast(presentment_total_price as decimal(18, 2)) as presentment_total_amount,

        -- booleans
        taxes_included as prices_include_tax,
        buyer_accepts_marketing as accepts_email,
        cancelled_at is not null as is_cancelled,
        coalesce(test, false)
        or coalesce(lower(gateway) like '%bogus%', false)
        or coalesce(lower(payment_gateway_names) like '%bogus%', false) as is_test,
        false as is_credit_note,

        -- timestamps
        coalesce(processed_at, created_at) as ordered_at,
        cancelled_at,
        updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
