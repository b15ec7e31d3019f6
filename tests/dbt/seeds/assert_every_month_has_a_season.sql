-- an order of any day has a season
select count(distinct month_of_year) as month_count
from {{ ref('seasons') }}
having count(distinct month_of_year) <> 12
