with

touch_kinds as (

    select * from {{ ref('conversion_touch_kinds') }}

),

listed as (

    select
        conversion_event,
        {{ text_in_order('touch_kind', 'touch_kind', "','") }} as touch_kinds
    from touch_kinds
    group by conversion_event

),

numbered as (

    select
        conversion_event,
        cast(dense_rank() over (order by touch_kinds) as integer) as touch_set
    from listed

),

final as (

    select
        numbered.conversion_event,
        numbered.touch_set,
        touch_kinds.touch_kind
    from numbered
    inner join touch_kinds on numbered.conversion_event = touch_kinds.conversion_event

)

select * from final
