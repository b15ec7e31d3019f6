with

load_files as (

    select * from {{ ref('stg_operations__load_files') }}
    where load_status = 'landed'

),

-- data may speak of days to come (a scheduled campaign); nothing is known later than its export,
-- and a list without days (of products, say) does not tell how far the others reach
known_moments as (

    select
        exported_at,
        case when data_until_at is not null then least(data_until_at, exported_at) end
            as known_until_at
    from load_files

),

as_of as (

    select
        {% if var('as_of') -%}
            max({{ as_of_date() }})
        {%- else -%}
            {{ business_date('coalesce(max(known_until_at), max(exported_at))') }}
        {%- endif %} as as_of_date
    from known_moments

)

select * from as_of
