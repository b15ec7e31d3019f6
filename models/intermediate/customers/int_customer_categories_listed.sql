with

signals as (

    select * from {{ ref('int_category_signals_unioned') }}

),

by_category as (

    select
        customer_id,
        category,
        bool_or(interest_signal = 'purchase') as is_bought,
        bool_or(interest_signal <> 'purchase') as is_browsed,
        max(signal_date) filter (where interest_signal = 'purchase') as last_bought_date
    from signals
    group by customer_id, category

),

listed as (

    select
        customer_id,
        {{ listed_texts('category', 'is_bought') }} as bought_categories,
        {{ listed_texts('category', 'is_browsed') }} as browsed_categories,
        {{ listed_texts('category', 'not is_bought') }} as categories_browsed_not_bought,
        {{ dates_by_text('category', 'last_bought_date', 'is_bought') }} as bought_category_dates
    from by_category
    group by customer_id

)

select * from listed
