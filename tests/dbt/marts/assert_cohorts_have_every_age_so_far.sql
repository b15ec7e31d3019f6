-- a cohort with customers has each age from 0 to the month of as_of once and none to come; at each,
-- those who ordered are some of those retained, and those some of the cohort
with

cohort_months as (

    select * from {{ ref('cohort_months') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

summed as (

    select
        cohort_months.channel,
        cohort_months.cohort_month_date,
        count(*) as row_count,
        min(cohort_months.age_months) as first_age,
        max(cohort_months.age_months) as last_age,
        max(cohort_months.customer_count) as customer_count,
        {{ dbt.datediff('cohort_months.cohort_month_date', 'as_of.as_of_date', 'month') }}
            as age_today,
        count(*) filter (
            where
            cohort_months.active_customer_count > cohort_months.retained_customer_count
            or cohort_months.retained_customer_count > cohort_months.customer_count
            or (
                cohort_months.age_months = 0
                and cohort_months.active_customer_count <> cohort_months.customer_count
            )
        ) as strange_count
    from cohort_months
    cross join as_of
    group by
        cohort_months.channel,
        cohort_months.cohort_month_date,
        {{ dbt.datediff('cohort_months.cohort_month_date', 'as_of.as_of_date', 'month') }}

)

select * from summed
where
    first_age <> 0
    or last_age <> case when customer_count > 0 then age_today else 0 end
    or row_count <> last_age + 1
    or strange_count > 0
