-- order_state_key maps each given state to the one beside it
with

examples as (

    select
        'Pending payment' as given,
        'pendingpayment' as expected
    union all
    select
        'wc-on-hold' as given,
        'onhold' as expected
    union all
    select
        'paid_partially' as given,
        'paidpartially' as expected
    union all
    select
        'EN ATTENTE' as given,
        'enattente' as expected
    union all
    select
        'Rückerstattet' as given,
        'rückerstattet' as expected
    union all
    select
        null as given,
        null as expected

)

select
    given,
    expected,
    {{ order_state_key('given') }} as actual
from examples
where {{ order_state_key('given') }} is distinct from expected
