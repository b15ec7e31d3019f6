with

source as (

    {{ landed_rows(source('shopify', 'order_lines')) }}

),

-- the lines of an order are adjacent, and only the first one names the order's id
numbered as (

    select
        *,
        count(order_id) over (
            partition by _file_id
            order by _line
            rows between unbounded preceding and current row
        ) as order_position
    from source

),

-- a line whose order's first line was rejected has another name than the order above it
completed as (

    select
        *,
        max(order_id) over (
            partition by _file_id, order_position, order_name
        ) as shop_order_id,
        row_number() over (
            partition by _file_id, order_position, order_name
            order by _line
        ) as line_number
    from numbered

),

-- an order can stand twice in a file put together from two exports
ranked as (

    select
        *,
        rank() over (
            partition by shop_order_id
            order by _exported_at desc, _file_id desc, order_position desc
        ) as version_rank
    from completed
    where shop_order_id is not null

),

current_versions as (

    select * from ranked
    where version_rank = 1 and line_quantity is not null

),

renamed as (

    select
        -- ids
        'shopify:' || shop_order_id || ':' || cast(line_number as string) as order_line_id,
        'shopify:' || shop_order_id as order_id,
        cast(null as string) as product_id,
        cast(null as string) as variant_id,
        _file_id as file_id,

        -- text
        {{ shop_in_account('shopify') }} as shop,
        line_sku as sku,
        line_name as product_name,
        line_vendor as vendor_name,
        lower(line_fulfillment_status) as fulfillment_status,

        -- numbers
        line_number,
        cast(line_quantity as decimal(18, 6)) as quantity,
        cast(coalesce(line_price, 0) as decimal(18, 6)) as unit_price_amount,
        cast(coalesce(line_discount, 0) as decimal(18, 6)) as line_discount_amount,

        -- booleans
        not line_requires_shipping and not line_is_taxable as may_be_gift_card,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
