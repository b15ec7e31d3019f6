{%- set places = {'top': 1, 'second': 2, 'third': 3} -%}
with

customer_orders as (

    select * from {{ ref('int_customer_orders_aggregated') }}

),

favourites as (

    select * from {{ ref('int_customer_favourites_ranked') }}
    where favourite_rank <= {{ places.values() | max }}

),

seasons as (

    select * from {{ ref('int_customer_seasons_ranked') }}
    where season_rank = 1

),

intervals as (

    select * from {{ ref('int_customer_order_intervals_measured') }}

),

favourites_by_customer as (

    select
        {% for place, rank in places.items() -%}
            max(favourite) filter (
                where favourite_kind = 'category' and favourite_rank = {{ rank }}
            ) as {{ place }}_category,
            max(favourite) filter (
                where favourite_kind = 'product' and favourite_rank = {{ rank }}
            ) as {{ place }}_product_name,
        {% endfor -%}
        customer_id
    from favourites
    group by customer_id

),

described as (

    select
        customer_orders.customer_id,
        {% for place in places -%}
            favourites_by_customer.{{ place }}_category,
            favourites_by_customer.{{ place }}_product_name,
        {% endfor -%}
        seasons.season_name as purchase_season,
        {{ ratio('seasons.order_count', 'seasons.customer_order_count', 4) }}
            as purchase_season_share,
        intervals.median_days_between_orders,
        cast(
            {{ dbt.dateadd(
                'day',
                'cast(ceil(intervals.median_days_between_orders) as integer)',
                'customer_orders.last_order_date'
            ) }} as date
        ) as next_order_due_date
    from customer_orders
    left join favourites_by_customer
        on customer_orders.customer_id = favourites_by_customer.customer_id
    left join seasons on customer_orders.customer_id = seasons.customer_id
    left join intervals on customer_orders.customer_id = intervals.customer_id

)

select * from described
