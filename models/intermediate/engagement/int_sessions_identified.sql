with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

traffic_sources as (

    select * from {{ ref('int_traffic_sources_named') }}

),

spells as (

    select * from {{ ref('int_cookie_spells') }}

),

web_identities as (

    select * from {{ ref('int_web_identities_observed') }}
    where anonymous_id is null

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

-- a login without a cookie is seen with each address that was typed beside it
logins as (

    select
        user_id,
        min(web_identity_id) as web_identity_id
    from web_identities
    group by user_id

),

customers_by_login as (

    select
        logins.user_id,
        customers.customer_id
    from logins
    inner join customers
        on 'web_identity_id:' || logins.web_identity_id = customers.identifier_key

),

identified as (

    select
        sessions.session_id,
        coalesce(spells.customer_id, customers_by_login.customer_id) as customer_id,
        traffic_sources.channel
    from sessions
    inner join traffic_sources on sessions.traffic_id = traffic_sources.traffic_id
    left join spells
        on sessions.anonymous_id = spells.anonymous_id
        and sessions.spell_number = spells.spell_number
    left join customers_by_login on sessions.user_id = customers_by_login.user_id

)

select * from identified
