with

consents as (

    select * from {{ ref('int_customer_consents_selected') }}

),

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}
    where standing in ('person', 'name', 'browser')

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

channel_addresses as (

    select * from {{ ref('channel_addresses') }}

),

message_events as (

    select * from {{ ref('int_message_events_judged') }}

),

-- an address that links nobody is nobody's address; a number that a household shares is the address
-- of each by another key
linking_identifiers as (

    select
        identifiers.source_record_id,
        identifiers.identifier_key,
        coalesce(identifiers.linking_key, identifiers.identifier_key) as person_key,
        channel_addresses.channel
    from identifiers
    inner join channel_addresses
        on identifiers.identifier_type = channel_addresses.identifier_type

),

deliveries_by_record as (

    select
        source_record_id,
        channel,
        max(occurred_at) filter (
            where event_kind = 'bounce' and coalesce(bounce_kind, 'hard') <> 'soft'
        ) as bounced_at,
        max(occurred_at) filter (where event_kind = 'complaint') as complained_at,
        max(occurred_at) filter (where event_kind in ('delivery', 'open', 'click', 'reply'))
            as delivered_at
    from message_events
    group by source_record_id, channel

),

-- a bounce that is not said to pass counts as one for good, until something arrives again
blocked_addresses as (

    select
        linking_identifiers.channel,
        linking_identifiers.identifier_key
    from deliveries_by_record
    inner join linking_identifiers
        on deliveries_by_record.source_record_id = linking_identifiers.source_record_id
        and deliveries_by_record.channel = linking_identifiers.channel
    group by linking_identifiers.channel, linking_identifiers.identifier_key
    having
        max(deliveries_by_record.complained_at) is not null
        or max(deliveries_by_record.bounced_at)
        > coalesce(
            max(deliveries_by_record.delivered_at),
            max(deliveries_by_record.bounced_at) - interval '1' day
        )

),

addresses as (

    select distinct
        channel,
        identifier_key,
        person_key
    from linking_identifiers

),

addresses_by_customer as (

    select
        customers.customer_id,
        addresses.channel,
        count(*) as address_count,
        count(blocked_addresses.identifier_key) as blocked_address_count
    from addresses
    inner join customers on addresses.person_key = customers.identifier_key
    left join blocked_addresses
        on addresses.channel = blocked_addresses.channel
        and addresses.identifier_key = blocked_addresses.identifier_key
    group by customers.customer_id, addresses.channel

),

judged as (

    select
        coalesce(addresses_by_customer.customer_id, consents.customer_id) as customer_id,
        coalesce(addresses_by_customer.channel, consents.channel) as channel,
        consents.source_system,
        coalesce(addresses_by_customer.address_count, 0) as address_count,
        coalesce(addresses_by_customer.blocked_address_count, 0) as blocked_address_count,
        consents.is_consenting,
        coalesce(
            consents.is_consenting
            and addresses_by_customer.address_count
            > addresses_by_customer.blocked_address_count,
            false
        ) as is_reachable,
        consents.stated_at
    from addresses_by_customer
    full outer join consents
        on addresses_by_customer.customer_id = consents.customer_id
        and addresses_by_customer.channel = consents.channel

)

select * from judged
