-- every customer has a row for each month between the first and the last, known ones to the latest
with

months as (

    select * from {{ ref('int_months_listed') }}

),

customer_months as (

    select
        customer_months.customer_id,
        count(*) as month_count,
        min(months.month_number) as first_month_number,
        max(months.month_number) as last_month_number,
        count(*) filter (where months.is_latest) as latest_month_count
    from {{ ref('customer_months') }} as customer_months
    inner join months on customer_months.month_date = months.month_date
    group by customer_months.customer_id

)

select
    customers.customer_id,
    customers.is_known,
    customer_months.month_count
from {{ ref('customer_360') }} as customers
left join customer_months on customers.customer_id = customer_months.customer_id
where
    customer_months.customer_id is null
    or customer_months.last_month_number - customer_months.first_month_number + 1
    <> customer_months.month_count
    or (customers.is_known and customer_months.latest_month_count = 0)
