with

as_of as (

    select * from {{ ref('int_as_of') }}

),

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}

),

digits as (

    {% for digit in range(10) %}
        {% if not loop.first %}union all{% endif %}
        select {{ digit }} as digit
    {% endfor %}

),

numbers as (

    select 1000 * thousands.digit + 100 * hundreds.digit + 10 * tens.digit + ones.digit as number
    from digits as thousands
    cross join digits as hundreds
    cross join digits as tens
    cross join digits as ones

),

known_days as (

    select min(order_date) as known_date
    from orders

    union all

    select {{ business_date('min(first_seen_at)') }} as known_date
    from customers

    union all

    select as_of_date as known_date
    from as_of

),

first_months as (

    select cast({{ dbt.date_trunc('month', 'min(known_date)') }} as date) as first_month_date
    from known_days

),

dated as (

    select
        numbers.number + 1 as month_number,
        as_of.as_of_date as latest_date,
        cast(
            {{ dbt.dateadd('month', 'numbers.number', 'first_months.first_month_date') }} as date
        ) as month_date
    from numbers
    cross join first_months
    cross join as_of

),

ended as (

    select
        *,
        cast({{ dbt.last_day('month_date', 'month') }} as date) as last_date
    from dated
    where month_date <= latest_date

),

months as (

    select
        month_number,
        last_date > latest_date as is_partial,
        last_date >= latest_date as is_latest,
        month_date,
        least(last_date, latest_date) as as_of_date
    from ended

)

select * from months
