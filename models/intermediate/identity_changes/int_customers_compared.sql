with

-- a record's own id tells whose the record is
own_links as (

    select * from {{ ref('int_links_remembered') }}
    where identifier_type || ':' || identifier = source_record_id

),

spells as (

    select
        source_record_id,
        customer_id,
        lag(customer_id) over (
            partition by source_record_id order by step_number
        ) as former_customer_id,
        night_number,
        step_number,
        lead(step_number) over (
            partition by source_record_id order by step_number
        ) as next_step_number,
        changed_on
    from own_links

),

moved as (

    select
        former_customer_id,
        customer_id,
        night_number,
        changed_on,
        count(*) as record_count
    from spells
    where former_customer_id <> customer_id
    group by former_customer_id, customer_id, night_number, changed_on

),

involved as (

    select
        former_customer_id as customer_id,
        night_number
    from moved

    union

    select
        customer_id,
        night_number
    from moved

),

-- who keeps a record over the night
lasting as (

    select distinct
        involved.customer_id,
        involved.night_number
    from involved
    inner join spells
        on involved.customer_id = spells.customer_id
        and spells.step_number < 2 * involved.night_number
        and coalesce(spells.next_step_number > 2 * involved.night_number, true)

),

-- a customer lives on where the id is kept, else where most of the records went; and a customer
-- was before who bore the id, else whose records are most of it
related as (

    select
        moved.former_customer_id,
        moved.customer_id,
        moved.night_number,
        moved.changed_on,
        moved.record_count,
        coalesce(
            lasting_before.customer_id,
            first_value(moved.customer_id) over (
                partition by moved.former_customer_id, moved.night_number
                order by moved.record_count desc, moved.customer_id asc
            )
        ) as heir_customer_id,
        coalesce(
            lasting_since.customer_id,
            first_value(moved.former_customer_id) over (
                partition by moved.customer_id, moved.night_number
                order by moved.record_count desc, moved.former_customer_id asc
            )
        ) as ancestor_customer_id
    from moved
    left join lasting as lasting_before
        on moved.former_customer_id = lasting_before.customer_id
        and moved.night_number = lasting_before.night_number
    left join lasting as lasting_since
        on moved.customer_id = lasting_since.customer_id
        and moved.night_number = lasting_since.night_number

),

-- what is whole on one side of the night consists on the other of a part that is kept and others
changes as (

    select
        *,
        'merge' as change_kind,
        customer_id as whole_customer_id,
        ancestor_customer_id as kept_customer_id,
        former_customer_id as part_customer_id
    from related
    where ancestor_customer_id <> former_customer_id

    union all

    select
        *,
        'split' as change_kind,
        former_customer_id as whole_customer_id,
        heir_customer_id as kept_customer_id,
        customer_id as part_customer_id
    from related
    where heir_customer_id <> customer_id

    union all

    select
        *,
        'rename' as change_kind,
        customer_id as whole_customer_id,
        cast(null as string) as kept_customer_id,
        former_customer_id as part_customer_id
    from related
    where ancestor_customer_id = former_customer_id and heir_customer_id = customer_id

),

final as (

    select
        change_kind || ' ' || cast(night_number as string) || ' ' || whole_customer_id as whole_id,
        former_customer_id,
        customer_id,
        whole_customer_id,
        kept_customer_id,
        part_customer_id,
        change_kind,
        night_number,
        record_count,
        changed_on
    from changes

)

select * from final
