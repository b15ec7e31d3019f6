{%- set so_far -%}
    partition by channel, cohort_month_date order by age_months
    rows between unbounded preceding and current row
{%- endset -%}
with

customer_months as (

    select * from {{ ref('int_customer_cohort_months_summed') }}

),

months as (

    select * from {{ ref('int_months_listed') }}

),

cohorts as (

    select
        channel,
        cohort_month_date,
        count(distinct customer_id) as customer_count,
        sum(known_margin_order_count) > 0 as is_margin_known
    from customer_months
    group by channel, cohort_month_date

),

-- ages to come are not there
aged as (

    select
        cohorts.channel,
        cohorts.customer_count,
        months.month_number - first_months.month_number as age_months,
        cohorts.is_margin_known,
        cohorts.cohort_month_date,
        months.month_date
    from cohorts
    inner join months as first_months on cohorts.cohort_month_date = first_months.month_date
    inner join months on first_months.month_number <= months.month_number

),

summed as (

    select
        channel,
        cohort_month_date,
        month_date,
        count(*) filter (where order_count > 0) as active_customer_count,
        count(*) filter (where is_last) as last_seen_customer_count,
        sum(order_count) as order_count,
        sum(known_margin_order_count) as known_margin_order_count,
        sum(net_revenue) as net_revenue,
        sum(margin) as margin
    from customer_months
    group by channel, cohort_month_date, month_date

),

filled as (

    select
        aged.channel,
        aged.age_months,
        aged.customer_count,
        coalesce(summed.active_customer_count, 0) as active_customer_count,
        coalesce(summed.last_seen_customer_count, 0) as last_seen_customer_count,
        coalesce(summed.order_count, 0) as order_count,
        coalesce(summed.known_margin_order_count, 0) as known_margin_order_count,
        coalesce(summed.net_revenue, 0) as net_revenue,
        case when aged.is_margin_known then coalesce(summed.margin, 0) end as margin,
        aged.cohort_month_date,
        aged.month_date
    from aged
    left join summed
        on aged.channel = summed.channel
        and aged.cohort_month_date = summed.cohort_month_date
        and aged.month_date = summed.month_date

),

accumulated as (

    select
        *,
        customer_count + last_seen_customer_count
        - sum(last_seen_customer_count) over ({{ so_far }}) as retained_customer_count,
        sum(net_revenue) over ({{ so_far }}) as cumulative_net_revenue,
        sum(margin) over ({{ so_far }}) as cumulative_margin
    from filled

)

select * from accumulated
