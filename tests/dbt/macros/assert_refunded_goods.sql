-- refunded_goods takes tax on top and shipping out of a refund, and gives back at most what the
-- goods cost
with

examples as (

    {% for story, refunded, subtotal, shipping, total, expected in [
        ('all of it, with tax on top', '130.68', '121.00', '0.00', '130.68', '121.00'),
        ('a part, with tax on top', '14.19', '24.13', '4.90', '30.96', '13.14'),
        ('all, with tax in the price, and shipping', '64.19', '59.29', '4.90', '64.19', '59.29'),
        ('a part, with tax in the price', '10.90', '59.29', '4.90', '64.19', '10.90'),
        ('shipping that a voucher paid', '10.00', '40.00', '5.00', '40.00', '10.00'),
        ('shipping of an order that cost nothing else', '4.90', '0.00', '4.90', '4.90', '0.00'),
        ('nothing', '0.00', '20.00', '0.00', '20.00', '0.00'),
        ('amounts that nobody knows', '5.00', 'null', 'null', 'null', '5.00')
    ] -%}
        select
            '{{ story }}' as story,
            cast({{ refunded }} as decimal(18, 6)) as refunded,
            cast({{ subtotal }} as decimal(18, 6)) as subtotal,
            cast({{ shipping }} as decimal(18, 6)) as shipping,
            cast({{ total }} as decimal(18, 6)) as total,
            cast({{ expected }} as decimal(18, 2)) as expected
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    story,
    expected,
    {{ refunded_goods('refunded', 'subtotal', 'shipping', 'total') }} as actual
from examples
where {{ refunded_goods('refunded', 'subtotal', 'shipping', 'total') }} is distinct from expected
