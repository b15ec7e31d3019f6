with

customer_months as (

    select * from {{ ref('int_customer_months_staged') }}
    where is_listed

),

followed as (

    select
        *,
        lag(lifecycle_stage) over (
            partition by customer_id order by month_number
        ) as previous_lifecycle_stage
    from customer_months

),

final as (

    select
        -- ids
        customer_id,

        -- text
        lifecycle_stage,
        previous_lifecycle_stage,

        -- numbers
        order_count,
        net_revenue,
        cumulative_order_count,
        cumulative_net_revenue,
        days_since_last_order,

        -- booleans
        is_known,
        is_partial,

        -- dates
        month_date,
        as_of_date

    from followed

)

select * from final
