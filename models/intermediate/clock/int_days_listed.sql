with

months as (

    select * from {{ ref('int_months_listed') }}

),

day_numbers as (

    {% for number in range(31) %}
        {% if not loop.first %}union all{% endif %}
        select {{ number }} as day_number
    {% endfor %}

),

dated as (

    select
        cast(
            {{ dbt.dateadd('day', 'day_numbers.day_number', 'months.month_date') }} as date
        ) as day_date,
        months.as_of_date as last_date
    from months
    cross join day_numbers

),

days as (

    select day_date
    from dated
    where day_date <= last_date

)

select * from days
