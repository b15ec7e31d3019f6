with

contacts as (

    select * from {{ ref('int_contacts_observed') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

cookies as (

    select distinct anonymous_id
    from contacts
    where anonymous_id is not null

),

spells as (

    select
        cookies.anonymous_id,
        customers.customer_id,
        1 as spell_number,
        cast(null as timestamp) as starts_at,
        cast(null as timestamp) as ends_at
    from cookies
    inner join customers on 'anonymous_id:' || cookies.anonymous_id = customers.identifier_key

)

select * from spells
