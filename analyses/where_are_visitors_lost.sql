-- Where on the way to an order are visitors lost?
-- Each rate is the share of the sessions of the step before. Few product views point to the landing
-- page or the audience, few carts to price and product page, few checkouts to the cart, few orders
-- to the checkout itself. A session counts for a step also when it skipped one, as an express
-- checkout does, so a rate may exceed 1.
with

sessions as (

    select * from {{ ref('sessions') }}

),

by_channel_and_device as (

    select
        channel,
        device_type,
        count(*) as session_count,
        count(*) filter (where is_engaged) as engaged_count,
        count(*) filter (where product_view_count > 0) as product_view_count,
        count(*) filter (where cart_add_count > 0) as cart_count,
        count(*) filter (where has_checkout) as checkout_count,
        count(*) filter (where order_count > 0) as order_count
    from sessions
    group by channel, device_type

),

final as (

    select
        channel,
        device_type,
        session_count,
        product_view_count,
        cart_count,
        checkout_count,
        order_count,
        {{ ratio('session_count - engaged_count', 'session_count', 4) }} as bounce_rate,
        {{ ratio('product_view_count', 'session_count', 4) }} as product_view_rate,
        {{ ratio('cart_count', 'product_view_count', 4) }} as cart_rate,
        {{ ratio('checkout_count', 'cart_count', 4) }} as checkout_rate,
        {{ ratio('order_count', 'checkout_count', 4) }} as order_rate,
        {{ ratio('order_count', 'session_count', 4) }} as conversion_rate
    from by_channel_and_device

)

select * from final
order by session_count desc, channel asc, device_type asc
