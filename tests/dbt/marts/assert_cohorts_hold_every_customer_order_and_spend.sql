-- by month: cohorts hold each customer with an order once, all that these customers' orders and
-- credit notes earned, and all that ads cost; by month of a cohort, earned at any age
{% set measures = ['customer_count', 'order_count', 'net_revenue', 'spend'] -%}
with

orders as (

    select * from {{ ref('orders') }}
    where is_counted

),

ad_days as (

    select * from {{ ref('ad_days') }}

),

cohort_months as (

    select * from {{ ref('cohort_months') }}

),

first_orders as (

    select
        customer_id,
        cast({{ dbt.date_trunc('month', 'min(order_date)') }} as date) as cohort_month_date
    from orders
    where not is_credit_note
    group by customer_id

),

compared as (

    select
        cohort_month_date,
        1 as customer_count,
        0 as order_count,
        0 as net_revenue,
        0 as spend
    from first_orders

    union all

    select
        first_orders.cohort_month_date,
        0 as customer_count,
        case when orders.is_credit_note then 0 else 1 end as order_count,
        orders.net_revenue,
        0 as spend
    from orders
    inner join first_orders on orders.customer_id = first_orders.customer_id

    union all

    select
        cast({{ dbt.date_trunc('month', 'ad_date') }} as date) as cohort_month_date,
        0 as customer_count,
        0 as order_count,
        0 as net_revenue,
        spend
    from ad_days

    union all

    select
        cohort_month_date,
        case when age_months = 0 then -customer_count else 0 end as customer_count,
        -order_count as order_count,
        -net_revenue as net_revenue,
        -acquisition_spend as spend
    from cohort_months

)

select
    {% for measure in measures -%}
        sum({{ measure }}) as {{ measure }}_difference,
    {% endfor -%}
    cohort_month_date
from compared
group by cohort_month_date
having
    {% for measure in measures -%}
        {% if not loop.first %}or {% endif %}sum({{ measure }}) <> 0
    {% endfor %}
