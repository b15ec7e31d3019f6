with

customers as (

    select * from {{ ref('stg_mapped__customers') }}

),

countries as (

    select * from {{ ref('countries') }}

),

located as (

    select
        customers.customer_record_id,
        customers.shop_customer_id,
        customers.file_id,
        customers.shop,
        customers.email,
        customers.phone,
        customers.first_name,
        customers.last_name,
        customers.city,
        customers.region,
        cast(null as string) as postal_code,
        coalesce(countries.country_code, customers.country_code) as country_code,
        customers.language,
        customers.gender,
        customers.accepts_email,
        customers.accepts_sms,
        customers.birth_date,
        customers.email_consent_at,
        customers.sms_consent_at,
        customers.created_at,
        customers.updated_at,
        customers.exported_at
    from customers
    left join countries on lower(customers.country) = lower(countries.country_name)

)

select * from located
