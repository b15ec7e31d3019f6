with

customer_months as (

    select * from {{ ref('customer_months') }}

),

months as (

    select * from {{ ref('int_months_listed') }}

),

numbered as (

    select
        customer_months.customer_id,
        customer_months.lifecycle_stage,
        customer_months.previous_lifecycle_stage,
        customer_months.net_revenue,
        months.month_number
    from customer_months
    inner join months on customer_months.month_date = months.month_date

),

last_months as (

    select
        customer_id,
        max(month_number) as month_number,
        max_by(lifecycle_stage, month_number) as lifecycle_stage
    from numbered
    group by customer_id

),

-- who is not listed any more has gone in the month after; the running month has none after it
moves as (

    select
        coalesce(previous_lifecycle_stage, 'none') as from_stage,
        lifecycle_stage as to_stage,
        net_revenue,
        month_number
    from numbered

    union all

    select
        lifecycle_stage as from_stage,
        'none' as to_stage,
        0 as net_revenue,
        month_number + 1 as month_number
    from last_months

),

moves_by_month as (

    select
        from_stage,
        to_stage,
        month_number,
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from moves
    group by from_stage, to_stage, month_number

),

stages as (

    select
        lifecycle_stage,
        month_number + 1 as next_month_number,
        count(*) as customer_count
    from numbered
    group by lifecycle_stage, month_number

),

final as (

    select
        -- text
        moves_by_month.from_stage,
        moves_by_month.to_stage,

        -- numbers
        moves_by_month.customer_count,
        {{ ratio('moves_by_month.customer_count', 'stages.customer_count', 4) }}
            as transition_rate,
        cast(moves_by_month.net_revenue as decimal(18, 2)) as net_revenue,

        -- booleans
        months.is_partial,

        -- dates
        months.month_date

    from moves_by_month
    inner join months on moves_by_month.month_number = months.month_number
    left join stages
        on moves_by_month.from_stage = stages.lifecycle_stage
        and moves_by_month.month_number = stages.next_month_number

)

select * from final
