with

contacts as (

    select * from {{ ref('int_contacts_observed') }}
    where anonymous_id is not null

),

browsers as (

    select * from {{ ref('int_browsers_linked') }}

),

spells as (

    select * from {{ ref('int_browser_spells_cut') }}

),

visitors as (

    select * from {{ ref('int_visitors_observed') }}

),

named as (

    select * from {{ ref('int_people_named') }}

),

cookies as (

    select
        contacts.anonymous_id,
        min(browsers.component) as browser,
        min(visitors.person_key) filter (where browsers.component is null) as person_key
    from contacts
    left join browsers on 'anonymous_id:' || contacts.anonymous_id = browsers.node
    left join visitors on contacts.source_record_id = visitors.whole_record_id
    group by contacts.anonymous_id

),

-- a cookie that links nobody has a visitor of its own, unless everyone at it has signed in
seated as (

    select
        cookies.anonymous_id,
        coalesce(spells.person_key, cookies.person_key) as person_key,
        coalesce(spells.spell_number, 1) as spell_number,
        spells.starts_at,
        spells.ends_at
    from cookies
    left join spells on cookies.browser = spells.browser

),

cookie_spells as (

    select
        seated.anonymous_id,
        named.customer_id,
        seated.spell_number,
        seated.starts_at,
        seated.ends_at
    from seated
    inner join named on seated.person_key = named.person_key

)

select * from cookie_spells
