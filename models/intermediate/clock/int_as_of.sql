with

load_files as (

    select * from {{ ref('stg_operations__load_files') }}
    where load_status = 'landed'

),

-- data may speak of days to come (a scheduled campaign); nothing is known later than its export,
-- and a list without days (of products, say) does not tell how far the others reach
known_days as (

    select
        {{ exported_day('exported_at') }} as exported_date,
        case
            when data_until_at is not null
                then least({{ business_date('data_until_at') }}, {{ exported_day('exported_at') }})
        end as known_until_date
    from load_files

),

as_of as (

    select
        {% if var('as_of') -%}
            max({{ as_of_date() }})
        {%- else -%}
            coalesce(max(known_until_date), max(exported_date))
        {%- endif %} as as_of_date
    from known_days

)

select * from as_of
