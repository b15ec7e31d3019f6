{%- set arms = [
    'stg_shopify__customers', 'stg_shopify__api_customers', 'int_mapped_customers_located'
] -%}
with

unioned as (

    {% for model in arms %}
        {% if not loop.first %}union all{% endif %}
        select
            customer_record_id,
            shop_customer_id,
            file_id,
            '{{ model }}' as arm,
            shop,
            email,
            phone,
            first_name,
            last_name,
            city,
            region,
            postal_code,
            country_code,
            language,
            gender,
            accepts_email,
            accepts_sms,
            birth_date,
            email_consent_at,
            sms_consent_at,
            created_at,
            updated_at,
            exported_at
        from {{ ref(model) }}
    {% endfor %}

),

-- the same customer may come in a download and from the API: the newest tells all of it
ranked as (

    select
        *,
        row_number() over (
            partition by customer_record_id
            order by exported_at desc, file_id desc, arm asc
        ) as version_rank
    from unioned

),

customers as (

    select
        customer_record_id,
        shop_customer_id,
        file_id,
        shop,
        email,
        phone,
        first_name,
        last_name,
        city,
        region,
        postal_code,
        country_code,
        language,
        gender,
        accepts_email,
        accepts_sms,
        birth_date,
        email_consent_at,
        sms_consent_at,
        created_at,
        updated_at,
        exported_at
    from ranked
    where version_rank = 1

)

select * from customers
