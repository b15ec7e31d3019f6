with

conversion_kinds as (

    select * from {{ ref('conversion_kinds') }}

),

touch_sets as (

    select distinct
        conversion_event,
        touch_set
    from {{ ref('int_conversion_touch_sets') }}

),

numbered as (

    select
        conversion_kinds.conversion_kind,
        cast(row_number() over (order by conversion_kinds.conversion_kind) as integer)
            as kind_number,
        conversion_kinds.conversion_event,
        touch_sets.touch_set,
        conversion_kinds.window_days,
        conversion_kinds.revenue_basis
    from conversion_kinds
    left join touch_sets on conversion_kinds.conversion_event = touch_sets.conversion_event

)

select * from numbered
