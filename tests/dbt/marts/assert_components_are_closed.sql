-- an identifier that links brings all its records to one customer
select
    identifier_type,
    identifier
from {{ ref('customer_identifiers') }}
where is_linking
group by identifier_type, identifier
having count(distinct customer_id) > 1
