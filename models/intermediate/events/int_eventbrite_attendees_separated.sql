with

attendees as (

    select * from {{ ref('stg_eventbrite__attendees') }}

),

-- the buyer's address stands on the tickets of their guests too: of those who share one within an
-- order it belongs to the buyer, by name where the report names them, else to the first ticket
ranked as (

    select
        *,
        row_number() over (
            partition by ticket_order_id, coalesce(email, attendee_id)
            order by
                case
                    when
                        lower(first_name) = lower(buyer_first_name)
                        and lower(last_name) = lower(buyer_last_name)
                        then 0
                    else 1
                end asc,
                length(attendee_id) asc,
                attendee_id asc
        ) as address_rank
    from attendees

),

owners as (

    select
        ticket_order_id,
        email,
        lower(first_name) as first_name,
        lower(last_name) as last_name
    from ranked
    where address_rank = 1 and email is not null

),

-- several tickets under the buyer's own name are the buyer's
separated as (

    select
        ranked.attendee_id,
        owners.email,
        case when owners.email is not null or ranked.email is null then ranked.phone end as phone,
        ranked.first_name,
        ranked.last_name,
        ranked.city,
        ranked.region,
        ranked.country,
        ranked.gender,
        ranked.birth_date,
        ranked.registered_at,
        ranked.checked_in_at,
        ranked.exported_at
    from ranked
    left join owners
        on ranked.ticket_order_id = owners.ticket_order_id
        and ranked.email = owners.email
        and lower(ranked.first_name) is not distinct from owners.first_name
        and lower(ranked.last_name) is not distinct from owners.last_name

)

select * from separated
