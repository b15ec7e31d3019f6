with

source as (

    {{ landed_rows(source('shopify', 'api_refund_payments')) }}

),

-- the same payment comes inside its order and with its refund
ranked as (

    select
        *,
        {{ newest_row_rank(of=['transaction_id']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1 and lower(kind) = 'refund' and lower(status) = 'success'

),

renamed as (

    select
        -- ids
        'shopify:' || transaction_id as refund_payment_id,
        'shopify:' || refund_id as refund_id,
        'shopify:' || order_id as order_id,
        _file_id as file_id,

        -- text
        upper(currency) as currency_code,

        -- numbers
        cast(amount as decimal(18, 2)) as refunded_amount,

        -- timestamps
        refunded_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
