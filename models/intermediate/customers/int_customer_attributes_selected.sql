with

contacts as (

    select * from {{ ref('int_contacts_observed') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}

),

guarded as (

    select * from {{ ref('int_identifiers_guarded') }}

),

survivorship as (

    select * from {{ ref('survivorship') }}

),

genders as (

    select * from {{ ref('genders') }}

),

denied_birth_dates as (

    select * from {{ ref('denied_birth_dates') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- an address that links nobody is nobody's address
linking_identifiers as (

    select
        identifiers.source_record_id,
        max(identifiers.identifier) filter (where identifiers.identifier_type = 'email') as email,
        max(identifiers.identifier) filter (where identifiers.identifier_type = 'phone') as phone
    from identifiers
    left join guarded on identifiers.identifier_key = guarded.identifier_key
    where
        identifiers.identifier_type in ('email', 'phone')
        and identifiers.denial_reason is null
        and guarded.identifier_key is null
    group by identifiers.source_record_id

),

described as (

    select
        customers.customer_id,
        contacts.source_record_id,
        contacts.source_system,
        linking_identifiers.email,
        linking_identifiers.phone,
        contacts.first_name,
        contacts.last_name,
        contacts.city,
        contacts.region,
        contacts.country_code,
        contacts.language,
        genders.gender,
        case
            when denied_birth_dates.birth_date is not null then null
            when contacts.birth_date < cast('1900-01-01' as date) then null
            when contacts.birth_date > as_of.as_of_date then null
            else contacts.birth_date
        end as birth_date,
        contacts.last_seen_at
    from contacts
    inner join customers on contacts.source_record_id = customers.identifier_key
    cross join as_of
    left join linking_identifiers
        on contacts.source_record_id = linking_identifiers.source_record_id
    left join genders on lower(trim(contacts.gender)) = genders.written_gender
    left join denied_birth_dates on contacts.birth_date = denied_birth_dates.birth_date

),

-- many a record is a browser's and tells nothing; the rest is written out, for two steps read it
told as (

    select * from described
    where
        coalesce(email, phone, first_name, last_name, city, country_code, language, gender)
        is not null
        or birth_date is not null

),

candidates as (

    select
        told.customer_id,
        survivorship.attribute,
        told.source_record_id,
        survivorship.source_rank,
        told.last_seen_at
    from told
    inner join survivorship on told.source_system = survivorship.source_system
    where
        case survivorship.attribute
            when 'email' then told.email is not null
            when 'phone' then told.phone is not null
            when 'name' then coalesce(told.first_name, told.last_name) is not null
            when 'address' then coalesce(told.city, told.country_code) is not null
            when 'birth_date' then told.birth_date is not null
            when 'gender' then told.gender is not null
            when 'language' then told.language is not null
        end

),

-- only the keys are ranked: what they stand for is joined to the few that win
ranked as (

    select
        customer_id,
        attribute,
        source_record_id,
        row_number() over (
            partition by customer_id, attribute
            order by source_rank asc, last_seen_at desc nulls last, source_record_id asc
        ) as attribute_rank
    from candidates

),

selected as (

    select
        ranked.customer_id,
        ranked.attribute,
        ranked.source_record_id,
        told.source_system,
        told.email,
        told.phone,
        told.first_name,
        told.last_name,
        told.city,
        told.region,
        told.country_code,
        told.language,
        told.gender,
        told.birth_date,
        told.last_seen_at as stated_at
    from ranked
    inner join told on ranked.source_record_id = told.source_record_id
    where ranked.attribute_rank = 1

)

select * from selected
