with

contacts as (

    select * from {{ ref('int_contacts_observed') }}
    where first_name is not null

),

denied as (

    select * from {{ ref('denied_identifiers') }}
    where identifier_type = 'given_name'

),

-- systems split names differently, so the given name is the first word of the whole
spelled as (

    select
        source_record_id,
        {{ normalize_name("concat_ws(' ', first_name, last_name)") }} as whole_name
    from contacts

),

split as (

    select
        source_record_id,
        whole_name,
        split_part(whole_name, ' ', 1) as given_name
    from spelled
    where whole_name is not null

),

normalised as (

    select
        split.source_record_id,
        split.given_name,
        case when split.whole_name like '__% __%' then split.whole_name end as full_name
    from split
    left join denied on split.given_name = denied.denied_value
    where
        denied.denied_value is null
        and split.given_name <> 'null'
        and length(split.given_name) > 1

)

select * from normalised
