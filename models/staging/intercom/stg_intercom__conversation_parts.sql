with

source as (

    {{ landed_rows(source('intercom', 'conversation_parts')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['_account', 'part_id']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- who reopens a conversation or closes it may write as well; only a customer must
judged as (

    select
        *,
        case
            when author_type in ('user', 'lead', 'contact') then 'customer'
            when author_type = 'admin' then 'team'
            else 'machine'
        end as written_by,
        case
            when author_type in ('user', 'lead', 'contact') then part_type in ('comment', 'open')
            else part_type = 'comment'
        end as is_written
    from current_versions

),

renamed as (

    select
        -- ids
        {{ id_in_account('part_id') }} as part_id,
        {{ id_in_account('conversation_id') }} as conversation_id,
        {{ id_in_account('author_id') }} as author_id,
        _file_id as file_id,

        -- text
        written_by,
        part_type,

        -- booleans
        is_written as is_message,

        -- timestamps
        created_at as occurred_at,
        _exported_at as exported_at

    from judged

)

select * from renamed
