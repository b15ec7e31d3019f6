with

source as (

    {{ landed_rows(source('marketo', 'program_members')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'program_id', 'lead_id'], by=['updated_at']) }}
            as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    select
        -- ids
        {{ id_in_account("program_id || ':' || lead_id") }} as program_member_id,
        {{ id_in_account('program_id') }} as program_id,
        {{ id_in_account('lead_id') }} as lead_id,
        _file_id as file_id,

        -- text
        program_name,
        member_status,
        status_reason,

        -- booleans
        has_reached_success,
        is_acquired_by_program,
        is_exhausted,

        -- timestamps
        reached_success_at,
        joined_at,
        created_at,
        updated_at,
        _exported_at as exported_at

    from current_versions

)

select * from renamed
