with

orders as (

    select * from {{ ref('int_orders_identified') }}
    where is_counted and not is_credit_note

),

margins as (

    select * from {{ ref('int_order_margins') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

marketo_activities as (

    select * from {{ ref('int_marketo_activities_typed') }}
    where contact_kind = 'form'

),

klaviyo_events as (

    select * from {{ ref('int_klaviyo_events_named') }}
    where contact_kind = 'form'

),

qualified_contacts as (

    select * from {{ ref('int_hubspot_contacts_unioned') }}
    where became_qualified_at is not null

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

statements as (

    select * from {{ ref('int_consents_stated') }}
    where is_consenting

),

-- a consent from a day to come is none yet
consents as (

    select statements.*
    from statements
    cross join as_of
    where {{ business_date('statements.stated_at') }} <= as_of.as_of_date

),

acts as (

    select
        'lead' as conversion_event,
        'lead_id:' || lead_id as source_record_id,
        occurred_at as acted_at
    from marketo_activities

    union all

    select
        'lead' as conversion_event,
        'profile_id:' || profile_id as source_record_id,
        occurred_at as acted_at
    from klaviyo_events

    union all

    select
        'lead' as conversion_event,
        'crm_contact_id:' || crm_contact_id as source_record_id,
        became_qualified_at as acted_at
    from qualified_contacts

    union all

    select
        'sign_up' as conversion_event,
        source_record_id,
        stated_at as acted_at
    from consents

),

-- one becomes a lead once, and signs up once, however many records tell of it
first_acts as (

    select
        customers.customer_id,
        acts.conversion_event,
        min(acts.acted_at) as converted_at
    from acts
    inner join customers on acts.source_record_id = customers.identifier_key
    group by customers.customer_id, acts.conversion_event

),

ordered as (

    select
        orders.order_id,
        orders.customer_id,
        orders.net_revenue,
        margins.margin,
        orders.customer_order_number = 1 as is_new_customer,
        orders.ordered_at
    from orders
    inner join margins on orders.order_id = margins.order_id

),

unioned as (

    select
        order_id as conversion_event_id,
        customer_id,
        order_id,
        'order' as conversion_event,
        net_revenue,
        margin,
        is_new_customer,
        ordered_at as converted_at
    from ordered

    union all

    select
        order_id as conversion_event_id,
        customer_id,
        order_id,
        'first_order' as conversion_event,
        net_revenue,
        margin,
        is_new_customer,
        ordered_at as converted_at
    from ordered
    where is_new_customer

    union all

    select
        customer_id as conversion_event_id,
        customer_id,
        null as order_id,
        conversion_event,
        null as net_revenue,
        null as margin,
        false as is_new_customer,
        converted_at
    from first_acts

),

conversions as (

    select
        *,
        {{ business_date('converted_at') }} as conversion_date
    from unioned

)

select * from conversions
