-- whoever is reachable on a channel has agreed to it, and the last valid statement says so
with

customers as (

    select * from {{ ref('customer_360') }}

),

statements as (

    select * from {{ ref('int_customer_consents_selected') }}

),

reached as (

    {% for channel in consent_channels() -%}
        select
            customer_id,
            '{{ channel }}' as channel,
            accepts_{{ channel }} as is_consenting
        from customers
        where is_reachable_by_{{ channel }}
        {{- "\n\n    union all\n" if not loop.last }}
    {% endfor %}
),

unasked as (

    select
        reached.customer_id,
        reached.channel
    from reached
    left join statements
        on reached.customer_id = statements.customer_id
        and reached.channel = statements.channel
    where not coalesce(reached.is_consenting and statements.is_consenting, false)

)

select * from unasked
