{%- set longest_carry_days = 31 -%}
with

rates as (

    select * from {{ ref('stg_exchange_rates__days') }}

),

offsets (carried_days) as (

    values
    {% for carried_days in range(longest_carry_days + 1) -%}
        ({{ carried_days }}){{ ", " if not loop.last }}
    {%- endfor %}

),

followed as (

    select
        *,
        lead(rate_date) over (
            partition by currency_code
            order by rate_date
        ) as next_rate_date
    from rates

),

-- a weekend or holiday has the rate of the last business day before it; a rate that stops coming
-- runs out, so that money in a suspended currency fails a check and is not valued at a memory
carried as (

    select
        followed.currency_code,
        followed.units_per_eur,
        offsets.carried_days,
        followed.next_rate_date,
        cast(
            {{ dbt.dateadd('day', 'offsets.carried_days', 'followed.rate_date') }} as date
        ) as rate_date
    from followed
    cross join offsets

),

filled as (

    select
        currency_code,
        units_per_eur,
        carried_days,
        rate_date
    from carried
    where rate_date < next_rate_date or next_rate_date is null

),

euro as (

    select distinct
        'EUR' as currency_code,
        cast(1 as decimal(18, 6)) as units_per_eur,
        0 as carried_days,
        rate_date
    from filled

),

unioned as (

    select * from filled
    union all
    select * from euro

)

select * from unioned
