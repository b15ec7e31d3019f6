with

customers as (

    select * from {{ ref('int_customer_identifiers_counted') }}

),

identified as (

    select * from {{ ref('int_customers_identified') }}

),

customer_records as (

    select * from {{ ref('int_customer_records_dated') }}

),

order_months as (

    select * from {{ ref('int_customer_order_months_summed') }}

),

months as (

    select * from {{ ref('int_months_listed') }}

),

latest_months as (

    select month_number from months
    where is_latest

),

listed as (

    select
        identified.customer_id,
        min(customer_records.first_exported_at) as first_exported_at
    from customer_records
    inner join identified
        on 'customer_record_id:' || customer_records.customer_record_id = identified.identifier_key
    group by identified.customer_id

),

ordering as (

    select
        customer_id,
        min(month_number) as first_month_number,
        max(month_number) as last_month_number
    from order_months
    group by customer_id

),

dated as (

    select
        customers.customer_id,
        customers.is_known,
        {{ business_date('customers.first_seen_at') }} as first_seen_date,
        {{ business_date('customers.last_seen_at') }} as last_seen_date,
        {{ exported_day('listed.first_exported_at') }} as first_list_date
    from customers
    left join listed on customers.customer_id = listed.customer_id

),

-- nobody can tell what became of an unknown visitor after the last sighting; somebody known stays.
-- Who is on an undated list alone is known since its first export
lifetimes as (

    select
        dated.customer_id,
        coalesce(
            least(first_seen_months.month_number, ordering.first_month_number),
            first_list_months.month_number,
            latest_months.month_number
        ) as first_month_number,
        case
            when dated.is_known then latest_months.month_number
            else
                coalesce(
                    greatest(last_seen_months.month_number, ordering.last_month_number),
                    latest_months.month_number
                )
        end as last_month_number,
        dated.is_known
    from dated
    cross join latest_months
    left join ordering on dated.customer_id = ordering.customer_id
    left join months as first_seen_months
        on {{ dbt.date_trunc('month', 'dated.first_seen_date') }} = first_seen_months.month_date
    left join months as last_seen_months
        on {{ dbt.date_trunc('month', 'dated.last_seen_date') }} = last_seen_months.month_date
    left join months as first_list_months
        on {{ dbt.date_trunc('month', 'dated.first_list_date') }} = first_list_months.month_date

)

select * from lifetimes
