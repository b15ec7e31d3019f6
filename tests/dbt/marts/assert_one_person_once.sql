-- each source record belongs to one customer, and each customer has a record
with

records as (

    select
        source_record_id,
        count(distinct customer_id) as customer_count
    from {{ ref('customer_identifiers') }}
    group by source_record_id

),

-- a visitor's record at a shared browser is cut into records, one for each turn
contacts as (

    select coalesce(visitors.source_record_id, contacts.source_record_id) as source_record_id
    from {{ ref('int_contacts_observed') }} as contacts
    left join {{ ref('int_visitors_observed') }} as visitors
        on contacts.source_record_id = visitors.whole_record_id

),

misplaced_records as (

    select
        contacts.source_record_id as subject,
        coalesce(records.customer_count, 0) as found_count
    from contacts
    left join records on contacts.source_record_id = records.source_record_id
    where records.customer_count is distinct from 1

),

customers_without_a_record as (

    select
        customers.customer_id as subject,
        0 as found_count
    from {{ ref('customer_360') }} as customers
    left join {{ ref('customer_identifiers') }} as identifiers
        on customers.customer_id = identifiers.customer_id
    where identifiers.customer_id is null

)

select * from misplaced_records
union all
select * from customers_without_a_record
