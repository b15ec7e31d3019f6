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
        contacts.gender,
        contacts.birth_date,
        contacts.last_seen_at
    from contacts
    inner join customers on contacts.source_record_id = customers.identifier_key
    left join linking_identifiers
        on contacts.source_record_id = linking_identifiers.source_record_id

),

ranked as (

    select
        described.*,
        survivorship.attribute,
        row_number() over (
            partition by described.customer_id, survivorship.attribute
            order by
                survivorship.source_rank asc,
                described.last_seen_at desc nulls last,
                described.source_record_id asc
        ) as attribute_rank
    from described
    inner join survivorship on described.source_system = survivorship.source_system
    where
        case survivorship.attribute
            when 'email' then described.email is not null
            when 'phone' then described.phone is not null
            when 'name' then coalesce(described.first_name, described.last_name) is not null
            when 'address' then coalesce(described.city, described.country_code) is not null
            when 'birth_date' then described.birth_date is not null
            when 'gender' then described.gender is not null
            when 'language' then described.language is not null
        end

),

selected as (

    select
        customer_id,
        attribute,
        source_record_id,
        source_system,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        country_code,
        language,
        gender,
        birth_date
    from ranked
    where attribute_rank = 1

)

select * from selected
