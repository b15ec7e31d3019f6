{%- set household = var('max_people_per_household') | int -%}
{%- set lists = {'phone': 'phones', 'email': 'email_names', 'postal_code': 'postal_codes'} -%}
with

people as (

    select * from {{ ref('int_people_recognised') }}

),

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

contacts as (

    select * from {{ ref('int_contacts_observed') }}

),

names as (

    select * from {{ ref('int_names_normalised') }}
    where full_name is not null

),

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}

),

denied_birth_dates as (

    select * from {{ ref('denied_birth_dates') }}

),

records as (

    select
        linked.node as source_record_id,
        people.component as person
    from linked
    inner join people on cast(linked.component as string) = people.node

),

named as (

    select
        records.person,
        names.given_name,
        names.full_name,
        count(*) as record_count,
        min(records.source_record_id) as record_id
    from records
    inner join names on records.source_record_id = names.source_record_id
    group by records.person, names.given_name, names.full_name

),

-- the name most of their records bear, and the least of all records that bear one
ranked as (

    select
        *,
        min(record_id) over (partition by person) as person_record_id,
        row_number() over (
            partition by person order by record_count desc, full_name asc
        ) as name_rank
    from named

),

birth_dates as (

    select
        records.person,
        min(contacts.birth_date) as birth_date
    from records
    inner join contacts on records.source_record_id = contacts.source_record_id
    left join denied_birth_dates on contacts.birth_date = denied_birth_dates.birth_date
    where
        denied_birth_dates.birth_date is null
        and contacts.birth_date >= cast('1900-01-01' as date)
    group by records.person

),

-- what links nothing, such as a call centre's number, is no evidence either
stated as (

    select
        records.person,
        identifiers.identifier_type as kind,
        case
            when identifiers.identifier_type = 'email'
                then split_part(identifiers.identifier, '@', 1)
            else identifiers.identifier
        end as stated_value
    from records
    inner join identifiers on records.source_record_id = identifiers.source_record_id
    where
        (identifiers.identifier_type = 'phone' and identifiers.standing = 'name')
        or (identifiers.identifier_type = 'email' and identifiers.standing = 'person')

    union

    select
        records.person,
        'postal_code' as kind,
        contacts.country_code || ' '
        || upper({{ replace_matches('contacts.postal_code', '[^A-Za-z0-9]') }}) as stated_value
    from records
    inner join contacts on records.source_record_id = contacts.source_record_id
    where contacts.postal_code is not null and contacts.country_code is not null

),

-- a number or an address's name of more people than a household tells none of them
counted as (

    select
        *,
        count(*) over (partition by kind, stated_value) as person_count
    from stated

),

listed as (

    select
        {% for kind, column in lists.items() %}
            array_sort(array_agg(stated_value) filter (where kind = '{{ kind }}')) as {{ column }},
        {% endfor %}
        person
    from counted
    where kind = 'postal_code' or person_count <= {{ household }}
    group by person

),

described as (

    select
        ranked.person_record_id as record_id,
        ranked.person,
        ranked.given_name,
        substr(ranked.full_name, length(ranked.given_name) + 2) as family_name,
        listed.phones,
        listed.email_names,
        listed.postal_codes,
        birth_dates.birth_date
    from ranked
    left join birth_dates on ranked.person = birth_dates.person
    left join listed on ranked.person = listed.person
    where ranked.name_rank = 1

)

select * from described
