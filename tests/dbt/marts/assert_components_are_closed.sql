-- what links brings all its records to one customer
select link_id
from {{ ref('customer_identifiers') }}
where is_linking
group by link_id
having count(distinct customer_id) > 1
