{%- set arms = ['stg_shopify__customers', 'stg_mapped__customers'] -%}
with

unioned as (

    {% for model in arms %}
        {% if not loop.first %}union all{% endif %}
        select
            customer_record_id,
            first_exported_at
        from {{ ref(model) }}
    {% endfor %}

),

dated as (

    select
        customer_record_id,
        min(first_exported_at) as first_exported_at
    from unioned
    group by customer_record_id

)

select * from dated
