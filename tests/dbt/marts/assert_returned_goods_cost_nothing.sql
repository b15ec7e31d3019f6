-- what was sold and came back whole leaves no margin, by the raw rows: all units put back into
-- stock by refunds of the Admin API, or all money given back by a download
with

api_sold as (

    select
        'shopify:' || order_id as order_id,
        _file_id as file_id,
        count(distinct line_id) as line_count,
        sum(quantity) as quantity
    from {{ source('shopify', 'api_order_lines') }}
    group by order_id, _file_id

),

api_returned_lines as (

    select distinct
        refund_line_id,
        order_id,
        quantity,
        restock_type
    from {{ source('shopify', 'api_refund_lines') }}

),

api_returned as (

    select
        'shopify:' || order_id as order_id,
        sum(quantity) as quantity
    from api_returned_lines
    group by order_id
    having count(*) filter (where lower(restock_type) = 'no_restock') = 0

),

download_returned as (

    select
        'shopify:' || order_id as order_id,
        _file_id as file_id
    from {{ source('shopify', 'order_lines') }}
    where order_id is not null and total > 0 and refunded_amount = total

),

orders as (

    select * from {{ ref('int_orders_unioned') }}
    where is_counted

),

returned_whole as (

    select orders.order_id
    from orders
    inner join api_sold
        on orders.order_id = api_sold.order_id
        and orders.file_id = api_sold.file_id
    inner join api_returned
        on api_sold.order_id = api_returned.order_id
        and api_sold.quantity = api_returned.quantity
    where orders.order_source = 'shopify_api' and orders.refunded_amount = orders.subtotal_amount

    union all

    select orders.order_id
    from orders
    inner join download_returned
        on orders.order_id = download_returned.order_id
        and orders.file_id = download_returned.file_id
    where orders.order_source = 'shopify_export'

)

select
    margins.order_id,
    margins.margin
from {{ ref('int_order_margins') }} as margins
inner join returned_whole on margins.order_id = returned_whole.order_id
where margins.margin <> 0
