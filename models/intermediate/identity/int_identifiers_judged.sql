{%- set household = var('max_people_per_household') | int -%}
with

identifiers as (

    select * from {{ ref('int_identifiers_observed') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

guarded as (

    select * from {{ ref('int_identifiers_guarded') }}

),

names as (

    select * from {{ ref('int_names_normalised') }}

),

admitted as (

    select
        identifiers.*,
        identifier_types.link_kind,
        case
            when identifiers.is_own then 'own'
            when identifiers.denial_reason is not null then identifiers.denial_reason
            when guarded.identifier_key is not null then 'guarded'
            else identifier_types.link_kind
        end as standing
    from identifiers
    inner join identifier_types
        on identifiers.identifier_type = identifier_types.identifier_type
    left join guarded on identifiers.identifier_key = guarded.identifier_key

),

nameless as (

    select distinct admitted.source_record_id
    from admitted
    left join names on admitted.source_record_id = names.source_record_id
    where admitted.standing = 'name' and names.source_record_id is null

),

names_by_identifier as (

    select distinct
        admitted.identifier_key,
        names.given_name
    from admitted
    inner join names on admitted.source_record_id = names.source_record_id
    where admitted.standing = 'person'

),

-- a record without a name has the only one that stands beside its address or account elsewhere
borrowed_names as (

    select
        nameless.source_record_id,
        min(names_by_identifier.given_name) as given_name
    from nameless
    inner join admitted on nameless.source_record_id = admitted.source_record_id
    inner join names_by_identifier
        on admitted.identifier_key = names_by_identifier.identifier_key
    where admitted.standing = 'person'
    group by nameless.source_record_id
    having count(distinct names_by_identifier.given_name) = 1

),

named as (

    select
        admitted.source_record_id,
        admitted.identifier_key,
        coalesce(names.given_name, borrowed_names.given_name) as given_name,
        names.full_name
    from admitted
    left join names on admitted.source_record_id = names.source_record_id
    left join borrowed_names on admitted.source_record_id = borrowed_names.source_record_id
    where admitted.standing = 'name'

),

name_counts as (

    select
        identifier_key,
        count(distinct given_name) as name_count
    from named
    group by identifier_key

),

-- one name: one person's. A few: a household's, and the given name tells its people apart. More: a
-- switchboard's, where two may be called alike
name_keys as (

    select
        named.source_record_id,
        named.identifier_key,
        case
            when name_counts.name_count <= 1 then named.identifier_key
            when name_counts.name_count <= {{ household }}
                then named.identifier_key || '|' || named.given_name
            else named.identifier_key || '|' || named.full_name
        end as linking_key,
        name_counts.name_count > 1 as is_of_several
    from named
    inner join name_counts on named.identifier_key = name_counts.identifier_key

),

-- a web record that carries nothing but a browser is whoever sits there
identified_records as (

    select source_record_id
    from admitted
    where
        standing = 'person'
        or (standing = 'own' and identifier_type <> 'web_identity_id')

    union

    select source_record_id
    from name_keys
    where linking_key is not null

),

judged as (

    select
        admitted.source_record_id,
        admitted.identifier_key,
        admitted.identifier_type,
        admitted.identifier,
        admitted.standing,
        case
            when admitted.standing in ('own', 'person') then admitted.identifier_key
            else name_keys.linking_key
        end as linking_key,
        case
            when name_keys.linking_key is null and name_keys.is_of_several then 'nameless'
            when name_keys.is_of_several then 'same_name'
            when admitted.standing in ('person', 'name') then 'shared'
            when admitted.standing = 'moment' then 'seen_at_browser'
            when admitted.standing <> 'browser' then admitted.standing
        end as link_reason,
        admitted.is_own,
        admitted.first_seen_at,
        admitted.last_seen_at,
        identified_records.source_record_id is null as is_anonymous
    from admitted
    left join name_keys
        on admitted.source_record_id = name_keys.source_record_id
        and admitted.identifier_key = name_keys.identifier_key
    left join identified_records
        on admitted.source_record_id = identified_records.source_record_id

)

select * from judged
