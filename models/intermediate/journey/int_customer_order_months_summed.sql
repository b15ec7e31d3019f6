with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted

),

months as (

    select * from {{ ref('int_months_listed') }}

),

dated as (

    select
        customer_id,
        net_revenue,
        is_credit_note,
        order_date,
        cast({{ dbt.date_trunc('month', 'order_date') }} as date) as month_date
    from orders

),

summed as (

    select
        dated.customer_id,
        months.month_number,
        count(*) filter (where not dated.is_credit_note) as order_count,
        cast(sum(dated.net_revenue) as decimal(18, 2)) as net_revenue,
        min(dated.order_date) filter (where not dated.is_credit_note) as first_order_date,
        max(dated.order_date) filter (where not dated.is_credit_note) as last_order_date
    from dated
    inner join months on dated.month_date = months.month_date
    group by dated.customer_id, months.month_number

)

select * from summed
