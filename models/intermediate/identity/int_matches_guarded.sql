with

scored as (

    select * from {{ ref('int_people_scored') }}

),

people as (

    select * from {{ ref('int_people_described') }}

),

recognised as (

    select * from {{ ref('int_people_recognised') }}

),

linked as (

    select * from {{ ref('int_identifiers_linked') }}

),

identifiers as (

    select * from {{ ref('int_identifiers_judged') }}
    where linking_key is not null

),

identifier_types as (

    select * from {{ ref('identifier_types') }}
    where keeps_apart

),

bearers as (

    select
        given_name,
        count(*) as bearer_count
    from people
    group by given_name

),

-- who signs in here and there under two accounts of one shop is two people to it
accounts as (

    select distinct
        recognised.component as person,
        case
            when identifiers.identifier_type = 'shop_customer_id'
                then split_part(identifiers.identifier, ':', 1)
            else identifiers.identifier_type
        end as account_kind
    from identifiers
    inner join identifier_types
        on identifiers.identifier_type = identifier_types.identifier_type
    inner join linked on identifiers.source_record_id = linked.node
    inner join recognised on cast(linked.component as string) = recognised.node

),

pairs as (

    select
        scored.*,
        people_a.person as person_a,
        people_b.person as person_b,
        least(bearers_a.bearer_count, bearers_b.bearer_count) as fewest_bearers,
        greatest(bearers_a.bearer_count, bearers_b.bearer_count) as most_bearers
    from scored
    inner join people as people_a on scored.record_a = people_a.record_id
    inner join people as people_b on scored.record_b = people_b.record_id
    inner join bearers as bearers_a on people_a.given_name = bearers_a.given_name
    inner join bearers as bearers_b on people_b.given_name = bearers_b.given_name

),

pairs_of_two_accounts as (

    select distinct
        pairs.record_a,
        pairs.record_b
    from pairs
    inner join accounts as accounts_a on pairs.person_a = accounts_a.person
    inner join accounts as accounts_b
        on pairs.person_b = accounts_b.person
        and accounts_a.account_kind = accounts_b.account_kind

),

-- what no probability outweighs. Ida and Ada of one household differ by a letter too: a given name
-- that others bear as well is not mistyped, unless a hundred times as many bear the other, and but
-- for letters that changed places the day of birth must agree
guarded as (

    select
        pairs.record_a,
        pairs.record_b,
        pairs.match_probability,
        case
            when pairs.match_probability < {{ var('least_match_probability') }} then 'improbable'
            when pairs_of_two_accounts.record_a is not null then 'two_accounts'
            when pairs.birth_date_level = 0 then 'two_birth_dates'
            when pairs.given_name_level = 0 then 'two_names'
            when
                pairs.given_name_level < 3
                and pairs.fewest_bearers > 1
                and pairs.fewest_bearers * 100 > pairs.most_bearers
                then 'two_names'
            when pairs.birth_date_level = 1 then null
            when pairs.given_name_level = 1 or pairs.family_name_level = 0 then 'two_names'
            when pairs.phone_level < 1 and pairs.email_level < 1 then 'names_only'
        end as refusal_reason
    from pairs
    left join pairs_of_two_accounts
        on pairs.record_a = pairs_of_two_accounts.record_a
        and pairs.record_b = pairs_of_two_accounts.record_b

)

select * from guarded
