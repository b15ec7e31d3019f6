with

changes as (

    select * from {{ ref('segment_changes') }}

),

followed as (

    select
        *,
        lead(changed_on) over (
            partition by segment_name, customer_id order by change_number
        ) as next_changed_on
    from changes

),

final as (

    select
        -- ids
        customer_id,

        -- text
        segment_name,

        -- numbers
        {{ integer_quotient('change_number + 1', '2') }} as spell_number,

        -- booleans
        next_changed_on is null as is_current,

        -- dates
        changed_on as entered_on,
        next_changed_on as left_on

    from followed
    where is_entry

)

select * from final
