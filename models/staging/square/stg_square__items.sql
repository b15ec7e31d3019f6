with

source as (

    {{ landed_rows(source('square', 'items')) }}

),

-- rows have no id, and the days of two reports overlap: a location's day is replaced whole
ranked as (

    select
        *,
        {{ newest_file_rank(of=['_account', 'location', 'sold_date']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

trimmed as (

    select
        *,
        trim(customer_name) as buyer_name
    from current_versions

),

renamed as (

    select
        -- ids
        _file_id || ':' || cast(_line as string) as item_row_id,
        'square:' || transaction_id as order_id,
        transaction_id as shop_order_id,
        customer_id as shop_customer_id,
        customer_reference_id,
        item_token as shop_product_id,
        _file_id as file_id,

        -- text
        {{ shop_in_account('square') }} as shop,
        location as location_name,
        split_part(buyer_name, ' ', 1) as first_name,
        nullif(trim(substr(buyer_name, length(split_part(buyer_name, ' ', 1)) + 1)), '')
            as last_name,
        {{ currency_of_sign('net_sales_as_written') }} as currency_code,
        sku,
        item_name as product_name,
        case when lower(price_point_name) <> 'regular' then price_point_name end as variant_name,
        case when lower(category) not in ('none', 'uncategorized') then category end as category,
        lower(itemization_type) as item_kind,
        time_zone as time_zone_label,

        -- numbers
        cast(_line as integer) as file_line,
        case
            when gross_sales < 0 then -abs(cast(quantity as decimal(18, 6)))
            else cast(quantity as decimal(18, 6))
        end as quantity,
        cast(gross_sales as decimal(18, 2)) as gross_amount,
        -- every report has the columns of discounts and tax; an empty cell is none
        cast(-coalesce(discounts, 0) as decimal(18, 2)) as discount_amount,
        -- gift cards are no sales to Square, so what was paid for one may be in gross sales alone
        case
            when lower(itemization_type) = 'gift card'
                then cast(gross_sales + coalesce(discounts, 0) as decimal(18, 2))
            else cast(net_sales as decimal(18, 2))
        end as net_amount,
        cast(coalesce(tax, 0) as decimal(18, 2)) as tax_amount,

        -- booleans
        lower(event_type) = 'refund' as is_refund,

        -- dates
        sold_date,

        -- timestamps
        cast(sold_date as timestamp) + (sold_time - timestamp '1900-01-01 00:00:00') as local_time,
        _exported_at as exported_at

    from trimmed

)

select * from renamed
