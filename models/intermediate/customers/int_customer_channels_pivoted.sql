with

channels as (

    select * from {{ ref('int_customer_channels_judged') }}

),

pivoted as (

    select
        {% for channel in consent_channels() -%}
            bool_or(is_consenting) filter (
                where channel = '{{ channel }}'
            ) as accepts_{{ channel }},
            coalesce(
                bool_or(is_reachable) filter (where channel = '{{ channel }}'), false
            ) as is_reachable_by_{{ channel }},
            max(source_system) filter (
                where channel = '{{ channel }}'
            ) as {{ channel }}_consent_source,
            max(stated_at) filter (
                where channel = '{{ channel }}'
            ) as {{ channel }}_consent_at,
        {% endfor -%}
        customer_id
    from channels
    group by customer_id

)

select * from pivoted
