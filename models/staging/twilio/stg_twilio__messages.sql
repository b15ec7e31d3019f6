with

source as (

    {{ landed_rows(source('twilio', 'messages')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['message_sid']) }} as version_rank

    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

-- the person is at the other end
addressed as (

    select
        *,
        lower(direction) = 'inbound' as is_from_person,
        case
            when lower(direction) = 'inbound' then sender_address
            else recipient_address
        end as person_address

    from current_versions

),

dialled as (

    select
        *,
        case
            when person_address like 'whatsapp:%' then 'whatsapp'
            when person_address not like '%:%' then 'sms'
        end as channel,
        replace(replace(person_address, 'whatsapp:', ''), '+', '') as person_digits

    from addressed

),

-- a spreadsheet may have taken the plus away
numbered as (

    select
        *,
        case
            when {{ matches('person_digits', '^[1-9][0-9]{7,14}$') }} then '+' || person_digits
        end as phone

    from dialled

),

renamed as (

    select
        -- ids
        message_sid,
        channel || ':' || phone as recipient_id,
        phone,
        _file_id as file_id,

        -- text
        channel,
        lower(status) as message_status,
        error_code,
        keyword,
        upper(currency) as currency_code,

        -- numbers
        segment_count,
        cast(-price as decimal(18, 6)) as cost_amount,

        -- booleans
        is_from_person,
        case
            when not is_from_person then null
            when keyword in ('START', 'UNSTOP') then true
            when keyword is not null then false
        end as is_consenting,

        -- timestamps
        sent_at,
        _exported_at as exported_at

    from numbered

)

select * from renamed
