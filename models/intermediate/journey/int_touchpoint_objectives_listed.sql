with

objectives as (

    select * from {{ ref('touchpoint_objectives') }}

),

kpis as (

    select * from {{ ref('kpis') }}

),

months as (

    select * from {{ ref('int_months_listed') }}

),

followed as (

    select
        *,
        lead(from_date) over (partition by touchpoint order by from_date) as next_from_date
    from objectives

),

listed as (

    select
        followed.touchpoint,
        followed.channel_pattern,
        followed.touch_kind_pattern,
        followed.objective,
        followed.kpi,
        kpis.measured_by,
        kpis.touch_kind,
        followed.target_value,
        months.is_partial,
        months.is_latest,
        months.month_date
    from followed
    inner join kpis on followed.kpi = kpis.kpi
    inner join months
        on followed.from_date <= months.month_date
        and months.month_date < coalesce(followed.next_from_date, months.as_of_date + 1)
)

select * from listed
