{%- set household = var('max_people_per_household') | int -%}
with

guarded as (

    select * from {{ ref('int_matches_guarded') }}

),

both_ways as (

    select
        record_a as record_id,
        record_b as other_id
    from guarded
    where refusal_reason is null

    union all

    select
        record_b as record_id,
        record_a as other_id
    from guarded
    where refusal_reason is null

),

counted as (

    select
        record_id,
        count(*) as match_count
    from both_ways
    group by record_id

),

-- nobody has more loose records than a household has people
believable as (

    select both_ways.*
    from both_ways
    inner join counted on both_ways.record_id = counted.record_id
    where counted.match_count <= {{ household }}

),

agreed as (

    select
        guarded.record_a,
        guarded.record_b,
        count(*) as agreed_count
    from guarded
    inner join believable as believable_a on guarded.record_a = believable_a.record_id
    inner join believable as believable_b
        on guarded.record_b = believable_b.record_id
        and believable_a.other_id = believable_b.other_id
    where guarded.refusal_reason is null
    group by guarded.record_a, guarded.record_b

),

-- matches are not passed on: all who become one must match each other, and nobody else
matched as (

    select
        guarded.record_a,
        guarded.record_b,
        {{ dbt.hash("guarded.record_a || '|' || guarded.record_b") }} as match_id,
        guarded.match_probability,
        case
            when guarded.refusal_reason is not null then guarded.refusal_reason
            when
                greatest(counted_a.match_count, counted_b.match_count) > {{ household }}
                or counted_a.match_count <> coalesce(agreed.agreed_count, 0) + 1
                or counted_b.match_count <> coalesce(agreed.agreed_count, 0) + 1
                then 'several_matches'
        end as refusal_reason
    from guarded
    left join counted as counted_a on guarded.record_a = counted_a.record_id
    left join counted as counted_b on guarded.record_b = counted_b.record_id
    left join agreed
        on guarded.record_a = agreed.record_a
        and guarded.record_b = agreed.record_b

)

select * from matched
