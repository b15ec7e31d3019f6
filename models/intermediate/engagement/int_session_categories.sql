with

session_products as (

    select * from {{ ref('int_session_products') }}
    where category is not null

),

session_categories as (

    select
        session_id,
        category,
        cast(sum(view_count) as bigint) as view_count,
        cast(sum(cart_count) as bigint) as cart_count
    from session_products
    group by session_id, category

)

select * from session_categories
