-- each line of the export that told an order is in order_lines
with

told as (

    select count(*) as line_count
    from {{ ref('int_order_lines_unioned') }}

),

kept as (

    select count(*) as line_count
    from {{ ref('order_lines') }}

)

select
    told.line_count as told_line_count,
    kept.line_count
from told
cross join kept
where told.line_count <> kept.line_count
