{#- What was so on earlier nights cannot be built again, so a full refresh keeps it; and a look at
    a past day neither reads nor writes it. -#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail'
) }}

with

customers as (

    select * from {{ ref('customer_360') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

members as (

    select
        {{ each_element('segments') }} as segment_name,
        customer_id
    from customers

),

{% if is_incremental() %}
    remembered as (

        select
            segment_name,
            customer_id,
            max(change_number) as change_number,
            max_by(is_entry, change_number) as is_member
        from {{ this }}
        group by segment_name, customer_id

    ),
{% else %}
    remembered as (

        select
            segment_name,
            customer_id,
            cast(0 as bigint) as change_number,
            false as is_member
        from members
        where false

    ),
{% endif %}

compared as (

    select
        coalesce(members.segment_name, remembered.segment_name) as segment_name,
        coalesce(members.customer_id, remembered.customer_id) as customer_id,
        coalesce(remembered.change_number, 0) + 1 as change_number,
        members.customer_id is not null as is_entry,
        coalesce(remembered.is_member, false) as was_member
    from members
    full outer join remembered
        on members.segment_name = remembered.segment_name
        and members.customer_id = remembered.customer_id

),

final as (

    select
        -- ids
        compared.customer_id,

        -- text
        compared.segment_name,

        -- numbers
        cast(compared.change_number as bigint) as change_number,

        -- booleans
        compared.is_entry,

        -- dates
        as_of.as_of_date as changed_on

    from compared
    cross join as_of
    where
        compared.is_entry <> compared.was_member
        and {{ 'false' if var('as_of') else 'true' }}

)

select * from final
