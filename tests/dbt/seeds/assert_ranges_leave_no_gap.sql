-- the ranges of a scale follow each other from its least value on, so that a value has one class
-- and one score
with

ranges as (

    select
        dimension as scale,
        at_least,
        below
    from {{ ref('customer_classes') }}

    union all

    select
        'rfm ' || measure as scale,
        at_least,
        below
    from {{ ref('rfm_thresholds') }}

),

followed as (

    select
        *,
        lag(at_least) over (partition by scale order by at_least) as previous_at_least,
        lead(at_least) over (partition by scale order by at_least) as next_at_least
    from ranges

)

select * from followed
where
    below is distinct from next_at_least
    or (
        previous_at_least is null
        and at_least > case when scale like '%recency' then 0 else 1 end
    )
