with

conversions as (

    select * from {{ ref('int_conversions_unioned') }}

),

conversion_kinds as (

    select * from {{ ref('int_conversion_kinds_numbered') }}

),

customers as (

    select * from {{ ref('int_attribution_customers') }}

),

leads as (

    select
        customer_id,
        min(converted_at) as lead_at
    from conversions
    where conversion_event = 'lead'
    group by customer_id

),

windowed as (

    select
        conversion_kinds.conversion_kind || ':' || conversions.conversion_event_id
            as conversion_id,
        conversions.customer_id,
        customers.customer_number,
        conversions.order_id,
        conversion_kinds.kind_number,
        conversion_kinds.conversion_kind,
        conversions.conversion_event,
        conversion_kinds.touch_set,
        {{ dbt.dateadd(
            'second',
            '-86400 * conversion_kinds.window_days',
            "date_trunc('second', conversions.converted_at)"
        ) }} as window_starts_at,
        case conversion_kinds.revenue_basis
            when 'net' then conversions.net_revenue
            when 'margin' then conversions.margin
            else 0
        end as revenue,
        conversions.is_new_customer,
        conversions.conversion_date,
        leads.lead_at,
        conversions.converted_at
    from conversions
    inner join conversion_kinds
        on conversions.conversion_event = conversion_kinds.conversion_event
    inner join customers on conversions.customer_id = customers.customer_id
    left join leads on conversions.customer_id = leads.customer_id

),

-- numbers join and sort many times faster than the texts they stand for
numbered as (

    select
        *,
        row_number() over (order by conversion_id) as conversion_number,
        lag(converted_at) over (
            partition by kind_number, customer_number order by converted_at, conversion_id
        ) as previous_converted_at,
        lead(converted_at) over (
            partition by kind_number, customer_number order by converted_at, conversion_id
        ) as next_converted_at
    from windowed

)

select * from numbered
