with

source as (

    {{ landed_rows(source('klaviyo', 'metrics')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['metric_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        metric_id,
        _file_id as file_id,

        -- text
        metric_name as metric,
        integration_name,

        -- timestamps
        _exported_at as exported_at

    from current_versions

)

select * from renamed
