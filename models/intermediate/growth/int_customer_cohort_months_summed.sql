with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted

),

margins as (

    select * from {{ ref('int_order_margins') }}

),

acquisitions as (

    select * from {{ ref('int_customer_acquisitions_selected') }}

),

dated as (

    select
        orders.customer_id,
        orders.order_id,
        orders.customer_order_number,
        orders.net_revenue,
        margins.margin,
        orders.is_credit_note,
        cast({{ dbt.date_trunc('month', 'orders.order_date') }} as date) as month_date
    from orders
    inner join margins on orders.order_id = margins.order_id

),

cohorts as (

    select
        dated.customer_id,
        coalesce(acquisitions.acquisition_channel, 'unknown') as channel,
        dated.month_date as cohort_month_date
    from dated
    left join acquisitions on dated.customer_id = acquisitions.customer_id
    where dated.customer_order_number = 1

),

-- goods may come back that were bought before the data begin; such a note counts from the start
summed as (

    select
        cohorts.customer_id,
        cohorts.channel,
        count(*) filter (where not dated.is_credit_note) as order_count,
        count(dated.margin) filter (where not dated.is_credit_note) as known_margin_order_count,
        sum(dated.net_revenue) as net_revenue,
        sum(dated.margin) as margin,
        cohorts.cohort_month_date,
        greatest(dated.month_date, cohorts.cohort_month_date) as month_date
    from dated
    inner join cohorts on dated.customer_id = cohorts.customer_id
    group by
        cohorts.customer_id,
        cohorts.channel,
        cohorts.cohort_month_date,
        greatest(dated.month_date, cohorts.cohort_month_date)

),

last_months as (

    select
        customer_id,
        max(month_date) as last_month_date
    from summed
    where order_count > 0
    group by customer_id

),

final as (

    select
        summed.customer_id,
        summed.channel,
        summed.order_count,
        summed.known_margin_order_count,
        cast(summed.net_revenue as decimal(18, 2)) as net_revenue,
        cast(summed.margin as decimal(18, 2)) as margin,
        summed.month_date = last_months.last_month_date as is_last,
        summed.cohort_month_date,
        summed.month_date
    from summed
    inner join last_months on summed.customer_id = last_months.customer_id

)

select * from final
