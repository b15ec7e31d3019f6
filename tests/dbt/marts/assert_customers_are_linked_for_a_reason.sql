-- a customer of several records shares an identifier among them: nobody is merged without one
with

linking as (

    select *
    from {{ ref('customer_identifiers') }}
    where is_linking

),

carriers as (

    select
        identifier_type,
        identifier,
        count(distinct source_record_id) as record_count
    from linking
    group by identifier_type, identifier

),

records as (

    select
        linking.customer_id,
        linking.source_record_id,
        max(carriers.record_count) as most_carriers
    from linking
    inner join carriers
        on linking.identifier_type = carriers.identifier_type
        and linking.identifier = carriers.identifier
    group by linking.customer_id, linking.source_record_id

)

select customer_id
from records
group by customer_id
having count(*) > 1 and min(most_carriers) = 1
