-- the visits and page views of all customers are those of all sessions with a customer
with

sessions as (

    select * from {{ ref('sessions') }}
    where customer_id is not null

),

customers as (

    select * from {{ ref('customer_360') }}

),

all_sessions as (

    select
        count(*) as session_count,
        coalesce(sum(page_view_count), 0) as page_view_count
    from sessions

),

all_customers as (

    select
        coalesce(sum(session_count), 0) as session_count,
        coalesce(sum(page_view_count), 0) as page_view_count
    from customers

),

differing as (

    select
        all_sessions.session_count as expected_session_count,
        all_customers.session_count as actual_session_count,
        all_sessions.page_view_count as expected_page_view_count,
        all_customers.page_view_count as actual_page_view_count
    from all_sessions
    cross join all_customers
    where
        all_sessions.session_count <> all_customers.session_count
        or all_sessions.page_view_count <> all_customers.page_view_count

)

select * from differing
