with

source as (

    {{ landed_rows(source('shopify', 'api_refund_adjustments')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['adjustment_id']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        'shopify:' || adjustment_id as adjustment_id,
        'shopify:' || refund_id as refund_id,
        'shopify:' || order_id as order_id,
        _file_id as file_id,

        -- text
        lower(kind) as adjustment_type,

        -- numbers
        cast(-amount as decimal(18, 2)) as refunded_amount,
        cast(-coalesce(tax_amount, 0) as decimal(18, 2)) as refunded_tax_amount,

        -- timestamps
        refunded_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
