{%- set kinds = [
    'shop_customer_id', 'user_id', 'lead_id', 'profile_id', 'crm_contact_id', 'subscriber_id',
    'messaging_user_id', 'chat_contact_id', 'anonymous_id'
] -%}
with

identifiers as (

    select distinct
        customer_id,
        identifier_type,
        identifier
    from {{ ref('int_identifiers_explained') }}
    where linking_key is not null

),

listed as (

    select
        {% for kind in kinds -%}
            {{ listed_texts('identifier', "identifier_type = '" ~ kind ~ "'") }} as {{ kind }}s,
        {% endfor -%}
        customer_id
    from identifiers
    group by customer_id

)

select * from listed
