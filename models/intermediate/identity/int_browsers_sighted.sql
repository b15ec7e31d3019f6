with

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}

),

browsers as (

    select * from {{ ref('int_browsers_linked') }}

),

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

-- a typed address may be anybody's, a login is not
sign_ins as (

    select distinct source_record_id
    from identifiers
    where
        identifier_type = 'user_id'
        and standing = 'person'
        and split_part(source_record_id, ':', 1) = 'web_identity_id'

),

sighted as (

    select
        browsers.component as browser,
        linked.component,
        bool_or(sign_ins.source_record_id is not null) as is_signed_in
    from identifiers
    inner join browsers on identifiers.identifier_key = browsers.node
    inner join linked on identifiers.source_record_id = linked.node
    left join sign_ins on identifiers.source_record_id = sign_ins.source_record_id
    where identifiers.standing = 'browser'
    group by browsers.component, linked.component

)

select * from sighted
