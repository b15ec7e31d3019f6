with

-- a merge is whole after the night, a split was whole before it
wholes as (

    select distinct
        whole_id,
        whole_customer_id,
        kept_customer_id,
        change_kind,
        2 * night_number as step_number,
        2 * night_number - case when change_kind = 'split' then 1 else 0 end as whole_step_number,
        2 * night_number - case when change_kind = 'split' then 0 else 1 end as parts_step_number
    from {{ ref('int_customers_compared') }}

),

links as (

    select
        *,
        lead(linking_key) over (
            partition by source_record_id, identifier_type, identifier order by step_number
        ) as next_linking_key,
        lead(link_reason) over (
            partition by source_record_id, identifier_type, identifier order by step_number
        ) as next_link_reason,
        lead(step_number) over (
            partition by source_record_id, identifier_type, identifier order by step_number
        ) as next_step_number
    from {{ ref('int_links_remembered') }}

),

own_links as (

    select * from links
    where identifier_type || ':' || identifier = source_record_id

),

traced as (

    select
        wholes.whole_id,
        links.source_record_id,
        own_links.customer_id as part_customer_id,
        links.identifier_type,
        links.identifier,
        links.linking_key,
        -- of a split it matters what became of the link
        case
            when wholes.change_kind <> 'split' then links.link_reason
            when
                links.next_step_number = wholes.step_number
                and coalesce(links.next_linking_key, '') <> links.linking_key
                then links.next_link_reason
        end as link_reason,
        coalesce(own_links.customer_id = wholes.kept_customer_id, false) as is_kept,
        {{ dbt.hash("links.identifier_type || ':' || links.identifier") }}
        = wholes.whole_customer_id as is_naming
    from wholes
    inner join links
        on wholes.whole_customer_id = links.customer_id
        and links.linking_key is not null
        and wholes.whole_step_number >= links.step_number
        and coalesce(wholes.whole_step_number < links.next_step_number, true)
    left join own_links
        on links.source_record_id = own_links.source_record_id
        and wholes.parts_step_number >= own_links.step_number
        and coalesce(wholes.parts_step_number < own_links.next_step_number, true)

)

select * from traced
