with

contacts as (

    select * from {{ ref('int_hubspot_contacts_unioned') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

-- who is several contacts is the one that was touched last; a deleted one speaks when no other does
ranked as (

    select
        customers.customer_id,
        contacts.*,
        row_number() over (
            partition by customers.customer_id
            order by
                contacts.is_archived asc,
                coalesce(contacts.updated_at, contacts.created_at) desc nulls last,
                contacts.crm_contact_id asc
        ) as contact_rank
    from contacts
    inner join customers
        on 'crm_contact_id:' || contacts.crm_contact_id = customers.identifier_key

),

selected as (

    select
        customer_id,
        crm_contact_id,
        company_name,
        lifecycle_stage,
        lead_status,
        owner_name
    from ranked
    where contact_rank = 1

)

select * from selected
