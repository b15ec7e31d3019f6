with

orders as (

    select * from {{ ref('int_orders_identified') }}

),

orders_converted as (

    select * from {{ ref('int_orders_converted') }}

),

versions as (

    select * from {{ ref('int_order_versions_unioned') }}

),

refunds as (

    select * from {{ ref('int_refunds_summed') }}

),

-- an order counts from its own day, as its first export tells it, but for what was given back later
dated_versions as (

    select
        versions.order_id,
        0 as version_number,
        versions.subtotal_amount,
        0 as refunded_amount,
        versions.is_counted,
        orders.order_date as known_date
    from versions
    inner join orders on versions.order_id = orders.order_id
    where versions.version_number = 1

    union all

    select
        versions.order_id,
        versions.version_number,
        versions.subtotal_amount,
        versions.refunded_amount,
        versions.is_counted,
        greatest(versions.exported_date, orders.order_date) as known_date
    from versions
    inner join orders on versions.order_id = orders.order_id
    where versions.version_number > 1 or versions.refunded_amount <> 0

),

moments as (

    select
        order_id,
        version_number,
        0 as dated_refund_amount,
        0 as cancellation_count,
        known_date
    from dated_versions

    union all

    select
        orders.order_id,
        0 as version_number,
        refunds.refunded_amount as dated_refund_amount,
        0 as cancellation_count,
        greatest(refunds.refunded_date, orders.order_date) as known_date
    from refunds
    inner join orders on refunds.order_id = orders.order_id

    union all

    select
        order_id,
        0 as version_number,
        0 as dated_refund_amount,
        1 as cancellation_count,
        greatest({{ business_date('cancelled_at') }}, order_date) as known_date
    from orders
    where is_cancelled and cancelled_at is not null

),

moments_by_day as (

    select
        order_id,
        known_date,
        max(version_number) as version_number,
        sum(dated_refund_amount) as dated_refund_amount,
        sum(cancellation_count) as cancellation_count
    from moments
    group by order_id, known_date

),

known_by_day as (

    select
        order_id,
        known_date,
        max(version_number) over (
            partition by order_id order by known_date
            rows between unbounded preceding and current row
        ) as version_number,
        sum(dated_refund_amount) over (
            partition by order_id order by known_date
            rows between unbounded preceding and current row
        ) as dated_refund_amount,
        sum(cancellation_count) over (
            partition by order_id order by known_date
            rows between unbounded preceding and current row
        ) as cancellation_count,
        lead(known_date) over (partition by order_id order by known_date) as known_until_date
    from moments_by_day

),

-- a download only shows a refund that the API dates; neither knows of more than was given back
states as (

    select
        orders.order_id,
        orders.customer_id,
        orders_converted.unit_value,
        dated_versions.subtotal_amount,
        least(
            orders.original_refunded_amount,
            greatest(dated_versions.refunded_amount, known_by_day.dated_refund_amount)
        ) as refunded_amount,
        orders.is_credit_note,
        dated_versions.is_counted and known_by_day.cancellation_count = 0 as is_counted,
        orders.order_date,
        known_by_day.known_date,
        known_by_day.known_until_date
    from known_by_day
    inner join dated_versions
        on known_by_day.order_id = dated_versions.order_id
        and known_by_day.version_number = dated_versions.version_number
    inner join orders on known_by_day.order_id = orders.order_id
    inner join orders_converted on known_by_day.order_id = orders_converted.order_id

),

valued as (

    select
        order_id,
        customer_id,
        case
            when is_counted
                then
                    {{ converted_amount('subtotal_amount') }}
                    - {{ converted_amount('refunded_amount') }}
            else 0
        end as net_revenue,
        is_credit_note,
        is_counted,
        min(case when is_counted then 1 else 0 end) over (partition by order_id) = 1
            as is_always_counted,
        order_date,
        known_date,
        known_until_date
    from states

)

select * from valued
