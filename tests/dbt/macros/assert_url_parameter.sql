-- url_parameter finds each given address's utm_campaign
with

examples (given, expected) as (

    values
    ('https://example.com/?utm_campaign=june', 'june'),
    ('https://example.com/a?b=1&utm_campaign=june+sale%20%C3%A9t%C3%A9#top', 'june sale été'),
    ('https://example.com/#/shop?utm_campaign=june', 'june'),
    ('https://example.com/?utm_campaign=a&utm_campaign=b', 'a'),
    ('https://example.com/?utm_campaign=100%25%', '100%%'),
    ('https://example.com/?utm_campaign=%C3', '%C3'),
    ('https://example.com/?utm_campaign=%EF%BF%BD+', '� '),
    ('https://example.com/?my_utm_campaign=june', null),
    ('https://example.com/?utm_campaign=', null),
    ('https://example.com/', null),
    (null, null)

)

select
    given,
    expected,
    {{ url_parameter('given', 'utm_campaign') }} as actual

from examples

where {{ url_parameter('given', 'utm_campaign') }} is distinct from expected
