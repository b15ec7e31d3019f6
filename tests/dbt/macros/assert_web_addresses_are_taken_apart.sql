-- url_host, url_page, registered_domain and host_name take each given address apart as beside it
with

examples (given, host, page, registered_domain, host_name) as (

    values
    (
        'https://www.Shop.example.co.uk:8080/a/b?c=d#e',
        'shop.example.co.uk',
        'https://www.Shop.example.co.uk:8080/a/b',
        'example.co.uk',
        'shop.example'
    ),
    ('http://example.com', 'example.com', 'http://example.com', 'example.com', 'example'),
    ('https://t.co/x#y?z', 't.co', 'https://t.co/x', 't.co', 't'),
    (
        'android-app://com.example.mail/',
        'com.example.mail',
        'android-app://com.example.mail/',
        'example.mail',
        'com.example'
    ),
    ('https://localhost/x', 'localhost', 'https://localhost/x', 'localhost', 'localhost'),
    ('https://127.0.0.1/x', '127.0.0.1', 'https://127.0.0.1/x', '127.0.0.1', '127.0.0.1'),
    (
        'https://m.example.com.br/',
        'm.example.com.br',
        'https://m.example.com.br/',
        'example.com.br',
        'm.example'
    ),
    ('/relative?x=y', null, '/relative', null, null),
    (null, null, null, null, null)

),

found as (

    select
        *,
        {{ url_host('given') }} as actual_host,
        {{ url_page('given') }} as actual_page,
        {{ registered_domain('host') }} as actual_registered_domain,
        {{ host_name('host') }} as actual_host_name

    from examples

)

select * from found

where
    actual_host is distinct from host
    or actual_page is distinct from page
    or actual_registered_domain is distinct from registered_domain
    or actual_host_name is distinct from host_name
