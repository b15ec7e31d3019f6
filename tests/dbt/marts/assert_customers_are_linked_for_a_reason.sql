-- each record of a customer of several shares a link with another of them: nobody is merged without
with

linking as (

    select distinct
        customer_id,
        source_record_id,
        link_id
    from {{ ref('customer_identifiers') }}
    where is_linking

),

carriers as (

    select
        link_id,
        count(*) as record_count
    from linking
    group by link_id

),

records as (

    select
        linking.customer_id,
        linking.source_record_id,
        max(carriers.record_count) as most_carriers
    from linking
    inner join carriers on linking.link_id = carriers.link_id
    group by linking.customer_id, linking.source_record_id

)

select customer_id
from records
group by customer_id
having count(*) > 1 and min(most_carriers) = 1
