-- each of the 25 cells has one segment, and the eleven segments all have a cell
select
    count(*) as cell_count,
    count(distinct 10 * recency_score + frequency_monetary_score) as distinct_cell_count,
    count(distinct segment_name) as segment_count
from {{ ref('rfm_grid') }}
having
    count(*) <> 25
    or count(distinct 10 * recency_score + frequency_monetary_score) <> 25
    or count(distinct segment_name) <> 11
