-- each of the 25 cells has one of the eleven segments, and each of the eleven has a cell
{% set segments = [
    'Champions', 'Loyal Customers', 'Potential Loyalists', 'New Customers', 'Promising',
    'Need Attention', 'About To Sleep', 'At Risk', "Can''t Lose Them", 'Hibernating', 'Lost'
] -%}
with

named as (

    select
        10 * recency_score + frequency_monetary_score as cell,
        case
            when
                segment_name in (
                    {% for segment in segments -%}
                        '{{ segment }}'{{ '' if loop.last else ',' }}
                    {% endfor -%}
                )
                then segment_name
        end as standard_name
    from {{ ref('rfm_grid') }}

),

counted as (

    select
        count(*) as cell_count,
        count(distinct cell) as distinct_cell_count,
        count(standard_name) as named_cell_count,
        count(distinct standard_name) as segment_count
    from named

)

select * from counted
where
    cell_count <> 25
    or distinct_cell_count <> 25
    or named_cell_count <> 25
    or segment_count <> {{ segments | length }}
