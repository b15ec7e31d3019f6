-- normalize_email maps each given address to the one beside it
with

examples as (

    select
        ' Ada@Example.com ' as given,
        'ada@example.com' as expected
    union all
    select
        'a+b.c@mail.example.co.uk' as given,
        'a+b.c@mail.example.co.uk' as expected
    union all
    select
        '   ' as given,
        null as expected
    union all
    select
        'ada@example' as given,
        null as expected
    union all
    select
        'ada@@example.com' as given,
        null as expected
    union all
    select
        'ada@example.com, bob@example.com' as given,
        null as expected
    union all
    select
        'none' as given,
        null as expected
    {% for invisible in ['\u00a0', '\u200b', '\ufeff', '\t'] -%}
        union all
        select
            '{{ invisible }}ada@example.com{{ invisible }}' as given,
            'ada@example.com' as expected
    {% endfor %}

)

select
    given,
    expected,
    {{ normalize_email('given') }} as actual
from examples
where {{ normalize_email('given') }} is distinct from expected
