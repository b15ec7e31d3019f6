with

customers as (

    select * from {{ ref('int_customer_rfm_segmented') }}
    where is_latest

),

final as (

    select
        -- ids
        customer_id,

        -- text
        rfm_segment_name,
        recency_scoring,
        frequency_scoring,
        monetary_scoring,

        -- numbers
        recency_days,
        order_count,
        net_revenue,
        recency_score,
        frequency_score,
        monetary_score,
        frequency_monetary_score,

        -- dates
        last_order_date,
        as_of_date

    from customers

)

select * from final
