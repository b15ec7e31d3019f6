-- a shop's customer accepts e-mails as the newest delivery says, list or API, found among raw rows
with

deliveries as (

    select
        file_id,
        max(exported_at) as delivered_at
    from {{ ref('stg_operations__deliveries') }}
    where counts
    group by file_id

),

stated as (

    select
        _file_id,
        _line,
        _account,
        customer_id,
        accepts_email
    from {{ source('shopify', 'customers') }}

    union all

    select
        _file_id,
        _line,
        _account,
        customer_id,
        case lower(coalesce(email_consent_state, cast(accepts_marketing as string)))
            when 'subscribed' then true
            when 'true' then true
            when 'unsubscribed' then false
            when 'redacted' then false
            when 'false' then false
        end as accepts_email
    from {{ source('shopify', 'api_customers') }}

),

dated as (

    select
        case
            when stated._account = 'default' then 'shopify' else 'shopify_' || stated._account
        end || ':customer:' || stated.customer_id as customer_record_id,
        stated.accepts_email,
        row_number() over (
            partition by stated._account, stated.customer_id
            order by deliveries.delivered_at desc, stated._file_id desc, stated._line desc
        ) as newest_first
    from stated
    inner join deliveries on stated._file_id = deliveries.file_id
    where stated.customer_id is not null

),

statements as (

    select * from {{ ref('int_consents_stated') }}
    where channel = 'email'

),

broken as (

    select
        dated.customer_record_id,
        dated.accepts_email,
        statements.is_consenting
    from dated
    left join statements
        on 'customer_record_id:' || dated.customer_record_id = statements.source_record_id
    where dated.newest_first = 1 and dated.accepts_email is distinct from statements.is_consenting

)

select * from broken
