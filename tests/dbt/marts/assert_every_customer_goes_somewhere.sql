-- whoever was in a stage at a month's end is in one transition of the next month, and nobody else
with

months as (

    select * from {{ ref('int_months_listed') }}

),

stages as (

    select
        customer_months.lifecycle_stage,
        months.month_number + 1 as month_number,
        count(*) as customer_count
    from {{ ref('customer_months') }} as customer_months
    inner join months on customer_months.month_date = months.month_date
    where not months.is_latest
    group by customer_months.lifecycle_stage, months.month_number

),

departures as (

    select
        transitions.from_stage,
        months.month_number,
        sum(transitions.customer_count) as customer_count
    from {{ ref('lifecycle_transitions') }} as transitions
    inner join months on transitions.month_date = months.month_date
    where transitions.from_stage <> 'none'
    group by transitions.from_stage, months.month_number

),

compared as (

    select
        stages.customer_count as customer_count_before,
        departures.customer_count as departure_count
    from stages
    full outer join departures
        on stages.lifecycle_stage = departures.from_stage
        and stages.month_number = departures.month_number

)

select * from compared
where customer_count_before is distinct from departure_count
