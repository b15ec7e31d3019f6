-- the ranges of a scale follow each other, so that a value has one class and one score
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

    union all

    select
        'age' as scale,
        at_least,
        below
    from {{ ref('age_bands') }}

),

followed as (

    select
        *,
        lead(at_least) over (partition by scale order by at_least) as next_at_least
    from ranges

)

select * from followed
where below is distinct from next_at_least
