-- What share of revenue comes from customers who buy again?
-- A rising share with steady new revenue means that customers stay; a rising share with falling new
-- revenue means that the shop lives off its past. Credit notes lower no share: they are a column.
with

orders as (

    select * from {{ ref('orders') }}
    where is_counted

),

by_month as (

    select
        cast({{ dbt.date_trunc('month', 'order_date') }} as date) as order_month,
        count(*) filter (where customer_order_number = 1) as new_customer_count,
        count(distinct case when customer_order_number > 1 then customer_id end)
            as returning_customer_count,
        coalesce(sum(net_revenue) filter (where customer_order_number = 1), 0) as new_revenue,
        coalesce(sum(net_revenue) filter (where customer_order_number > 1), 0) as repeat_revenue,
        coalesce(sum(net_revenue) filter (where is_credit_note), 0) as credit_note_revenue
    from orders
    group by cast({{ dbt.date_trunc('month', 'order_date') }} as date)

),

final as (

    select
        order_month,
        new_customer_count,
        returning_customer_count,
        new_revenue,
        repeat_revenue,
        credit_note_revenue,
        {{ ratio('repeat_revenue', 'new_revenue + repeat_revenue', 4) }} as repeat_revenue_share
    from by_month

)

select * from final
order by order_month
