with

objectives as (

    select * from {{ ref('int_touchpoint_objectives_listed') }}

),

contacts as (

    select * from {{ ref('int_touchpoint_months_counted') }}

),

credits as (

    select * from {{ ref('attribution_channels') }}
    where
        attribution_model = '{{ var("attribution_model") }}'
        and conversion_kind = '{{ var("attribution_conversion_kind") }}'

),

credited as (

    select
        objectives.touchpoint,
        objectives.month_date,
        sum(
            case objectives.measured_by
                when 'conversions' then credits.conversion_count
                when 'revenue' then credits.revenue
            end
        ) as kpi_value
    from objectives
    inner join credits
        on objectives.month_date
        = cast({{ dbt.date_trunc('month', 'credits.attribution_date') }} as date)
        and (
            objectives.channel_pattern is null
            or {{ matches_column('credits.channel', 'objectives.channel_pattern') }}
        )
    where objectives.measured_by in ('conversions', 'revenue')
    group by objectives.touchpoint, objectives.month_date

),

measured as (

    select
        objectives.*,
        coalesce(contacts.interaction_count, 0) as interaction_count,
        contacts.time_spent_seconds,
        coalesce(contacts.kpi_value, credited.kpi_value, 0) as kpi_value,
        min(
            case
                when contacts.interaction_count > 0 or credited.kpi_value <> 0
                    then objectives.month_date
            end
        ) over (partition by objectives.touchpoint) as first_month_date
    from objectives
    left join contacts
        on objectives.touchpoint = contacts.touchpoint
        and objectives.month_date = contacts.month_date
    left join credited
        on objectives.touchpoint = credited.touchpoint
        and objectives.month_date = credited.month_date

),

-- before its first contact a touchpoint was not there, and has missed no target
final as (

    select
        -- text
        touchpoint,
        objective,
        kpi,

        -- numbers
        cast(kpi_value as decimal(18, 2)) as kpi_value,
        cast(target_value as decimal(18, 2)) as target_value,
        {{ ratio('kpi_value', 'target_value', 4) }} as attainment_rate,
        cast(interaction_count as bigint) as interaction_count,
        cast(time_spent_seconds as bigint) as time_spent_seconds,

        -- booleans
        is_partial,

        -- dates
        month_date

    from measured
    where month_date >= first_month_date or (first_month_date is null and is_latest)

)

select * from final
