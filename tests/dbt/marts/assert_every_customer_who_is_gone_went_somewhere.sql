-- who is no customer any more has one heir - by a merge, a renaming or a split - or no record left
with

own_links as (

    select
        source_record_id,
        customer_id,
        step_number,
        lead(step_number) over (
            partition by source_record_id order by step_number
        ) as next_step_number
    from {{ ref('int_links_remembered') }}
    where identifier_type || ':' || identifier = source_record_id

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

nights as (

    select distinct
        links.night_number,
        2 * links.night_number as step_number
    from {{ ref('int_links_remembered') }} as links
    inner join as_of on links.changed_on <= as_of.as_of_date
    where links.night_number > 1

),

left_behind as (

    select
        nights.night_number,
        earlier.customer_id,
        later.customer_id as later_customer_id
    from nights
    inner join own_links as earlier
        on nights.step_number > earlier.step_number
        and coalesce(nights.step_number <= earlier.next_step_number, true)
        and earlier.customer_id is not null
    left join own_links as later
        on earlier.source_record_id = later.source_record_id
        and nights.step_number >= later.step_number
        and coalesce(nights.step_number < later.next_step_number, true)

),

lasting as (

    select distinct
        nights.night_number,
        own_links.customer_id
    from nights
    inner join own_links
        on nights.step_number >= own_links.step_number
        and coalesce(nights.step_number < own_links.next_step_number, true)

),

gone as (

    select
        left_behind.night_number,
        left_behind.customer_id,
        count(left_behind.later_customer_id) as record_count
    from left_behind
    left join lasting
        on left_behind.night_number = lasting.night_number
        and left_behind.customer_id = lasting.customer_id
    where lasting.customer_id is null
    group by left_behind.night_number, left_behind.customer_id

),

told as (

    select
        night_number,
        former_customer_id,
        count(distinct customer_id)
        - count(distinct case when change_kind = 'split' then customer_id end) as heir_count
    from {{ ref('identity_changes') }}
    group by night_number, former_customer_id

)

select
    gone.night_number,
    gone.customer_id
from gone
left join told
    on gone.night_number = told.night_number and gone.customer_id = told.former_customer_id
where coalesce(told.heir_count, 0) <> case when gone.record_count > 0 then 1 else 0 end
