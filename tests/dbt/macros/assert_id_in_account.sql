-- id_in_account leaves a single account's ids alone
with

examples (given, _account, expected) as (

    values
    ('7', 'default', '7'),
    ('7', 'shop_de', 'shop_de:7'),
    (null, 'shop_de', null)

)

select
    given,
    expected,
    {{ id_in_account('given') }} as actual

from examples

where {{ id_in_account('given') }} is distinct from expected
