with

members as (

    select * from {{ ref('segment_members') }}

),

sizes as (

    select
        segment_name,
        count(*) as customer_count
    from members
    group by segment_name

),

shared as (

    select
        these.segment_name,
        those.segment_name as other_segment_name,
        count(*) as shared_customer_count
    from members as these
    inner join members as those
        on these.customer_id = those.customer_id
        and these.segment_name <> those.segment_name
    group by these.segment_name, those.segment_name

),

final as (

    select
        -- text
        shared.segment_name,
        shared.other_segment_name,

        -- numbers
        shared.shared_customer_count,
        {{ ratio('shared.shared_customer_count', 'sizes.customer_count', 4) }}
            as shared_customer_share

    from shared
    inner join sizes on shared.segment_name = sizes.segment_name

)

select * from final
