with

contacts as (

    select
        source_record_id,
        first_name,
        coalesce(last_name, '') as last_name
    from {{ ref('int_contacts_observed') }}
    where first_name is not null

),

denied as (

    select * from {{ ref('denied_identifiers') }}
    where identifier_type = 'given_name'

),

-- each name once, for spelling it costs more than all else; as an aggregate, for what is asked of a
-- column that is grouped by is asked of each row before
names as (

    select
        first_name,
        last_name,
        min(concat_ws(' ', first_name, last_name)) as written_name
    from contacts
    group by first_name, last_name

),

-- systems split names differently, so the given name is the first word of the whole
spelled as (

    select
        first_name,
        last_name,
        {{ normalize_name('written_name') }} as whole_name
    from names

),

split as (

    select
        first_name,
        last_name,
        split_part(whole_name, ' ', 1) as given_name,
        case when whole_name like '__% __%' then whole_name end as full_name
    from spelled
    where whole_name is not null

),

admitted as (

    select split.*
    from split
    left join denied on split.given_name = denied.denied_value
    where
        denied.denied_value is null
        and split.given_name <> 'null'
        and length(split.given_name) > 1

),

normalised as (

    select
        contacts.source_record_id,
        admitted.given_name,
        admitted.full_name
    from contacts
    inner join admitted
        on contacts.first_name = admitted.first_name
        and contacts.last_name = admitted.last_name

)

select * from normalised
