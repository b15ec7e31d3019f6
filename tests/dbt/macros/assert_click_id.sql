-- click_id and click_id_kind find the last click id of each given address
with

examples (given, expected_kind, expected_id) as (

    values
    ('https://example.com/?gclid=Cj0-a_B', 'gclid', 'Cj0-a_B'),
    ('https://example.com/?_kx=mail&fbclid=IwAR1#top', 'fbclid', 'IwAR1'),
    ('https://example.com/?ScCid=snap', 'sccid', 'snap'),
    ('https://example.com/?a=1&gbraid=g', 'gbraid', 'g'),
    ('https://example.com/?a=1&wbraid=w', 'wbraid', 'w'),
    ('https://example.com/?ttclid=t', 'ttclid', 't'),
    ('https://example.com/?msclkid=m', 'msclkid', 'm'),
    ('https://example.com/?li_fat_id=l', 'li_fat_id', 'l'),
    ('https://example.com/?epik=p', 'epik', 'p'),
    ('https://example.com/?twclid=x', 'twclid', 'x'),
    ('https://example.com/?_kx=k', '_kx', 'k'),
    ('https://example.com/?mkt_tok=o', 'mkt_tok', 'o'),
    ('https://example.com/?gclid=&utm_source=news', null, null),
    ('https://example.com/?notgclid=1', null, null),
    (null, null, null)

),

parameters as (

    select
        *,
        {{ click_parameter('given') }} as parameter

    from examples

),

found as (

    select
        given,
        expected_kind,
        expected_id,
        {{ click_id_kind('parameter') }} as actual_kind,
        {{ click_id('parameter') }} as actual_id

    from parameters

)

select * from found

where
    actual_kind is distinct from expected_kind
    or actual_id is distinct from expected_id
