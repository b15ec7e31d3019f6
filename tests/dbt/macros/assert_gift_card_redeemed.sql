-- gift_card_redeemed knows what a card paid where nothing else did
with

examples as (

    {% for given, expected in [
        ('gift_card', '20'),
        ('Gift Card', '20'),
        ('["gift_card"]', '20'),
        ('Shopify Payments + gift_card', 'null'),
        ('["shopify_payments","gift_card"]', 'null'),
        ('Shopify Payments', '0'),
        ('[]', '0')
    ] -%}
        select
            '{{ given }}' as given,
            cast({{ expected }} as decimal(18, 2)) as expected
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    given,
    expected,
    {{ gift_card_redeemed('given', '20.00') }} as actual
from examples
where {{ gift_card_redeemed('given', '20.00') }} is distinct from expected
