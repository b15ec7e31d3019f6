-- untaxed takes the tax out of a part to the cent, and all of it out of the whole
with

examples as (

    {% for amount, without_tax, with_tax, expected in [
        ('102.00', '85.00', '102.00', '85.00'),
        ('51.00', '85.00', '102.00', '42.50'),
        ('0.10', '84.03', '100.00', '0.08'),
        ('-11.90', '-10.00', '-11.90', '-10.00'),
        ('55.00', '100.00', '100.00', '55.00'),
        ('7.00', '0.00', '0.00', '7.00')
    ] -%}
        select
            cast({{ amount }} as decimal(18, 2)) as amount,
            cast({{ without_tax }} as decimal(18, 2)) as without_tax,
            cast({{ with_tax }} as decimal(18, 2)) as with_tax,
            cast({{ expected }} as decimal(18, 2)) as expected
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    *,
    {{ untaxed('amount', 'without_tax', 'with_tax') }} as actual
from examples
where {{ untaxed('amount', 'without_tax', 'with_tax') }} is distinct from expected
