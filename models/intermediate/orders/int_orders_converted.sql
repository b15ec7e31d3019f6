{%- set amounts = [
    'subtotal_with_tax', 'subtotal', 'discount', 'shipping', 'tax', 'duty', 'tip', 'total',
    'gift_card_sold', 'gift_card_redeemed', 'refunded'
] -%}
with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates_filled') }}

),

rated as (

    {{ with_unit_value('orders', 'order_date') }}

),

converted as (

    select
        order_id,
        currency_code,
        unit_value,
        {% for amount in amounts -%}
            {{ converted_amount(amount ~ '_amount') }} as {{ amount }}_amount,
        {% endfor -%}
        case when is_counted then subtotal_amount - refunded_amount else 0 end
            as original_net_revenue,
        case
            when is_counted
                then
                    {{ converted_amount('subtotal_amount') }}
                    - {{ converted_amount('refunded_amount') }}
            else 0
        end as net_revenue
    from rated

)

select * from converted
