-- the last rule asks for nothing, so that each customer has a next best action
with

actions as (

    select * from {{ ref('next_best_actions') }}

),

last_rank as (

    select max(action_rank) as action_rank from actions

),

conditional as (

    select
        actions.action_rank,
        actions.action
    from actions
    inner join last_rank on actions.action_rank = last_rank.action_rank
    where
        actions.channel not in ('service', 'web', 'none')
        or coalesce(
            cast(actions.is_known as string),
            cast(actions.least_order_count as string),
            cast(actions.most_order_count as string),
            actions.recency_class,
            actions.nps_class,
            cast(actions.least_recent_session_count as string),
            cast(actions.has_interest as string)
        ) is not null

)

select * from conditional
