with

visits as (

    select * from {{ ref('int_markov_visits') }}

),

transitions as (

    select * from {{ ref('int_markov_transitions') }}
    where next_state = '(conversion)'

),

-- from a state to a conversion: the visits to each state times the step from there
conversions_from as (

    select
        visits.chain_name as conversion_kind,
        visits.state,
        {{ exact_sum('visits.visit_count * transitions.probability') }} as probability
    from visits
    inner join transitions
        on visits.chain_name = transitions.conversion_kind
        and visits.next_state = transitions.state
    group by visits.chain_name, visits.state

),

-- whether a state is ever seen: its visits from the start, over its visits once one is there
reached as (

    select
        from_start.chain_name as conversion_kind,
        from_start.next_state as channel,
        from_start.visit_count / from_itself.visit_count as probability
    from visits as from_start
    inner join visits as from_itself
        on from_start.chain_name = from_itself.chain_name
        and from_start.next_state = from_itself.state
        and from_start.next_state = from_itself.next_state
    where from_start.state = '(start)' and from_start.next_state <> '(start)'

),

removals as (

    select
        reached.conversion_kind,
        reached.channel,
        from_start.probability as conversion_probability,
        coalesce(
            reached.probability * from_channel.probability / from_start.probability, 0
        ) as removal_effect
    from reached
    left join conversions_from as from_start
        on reached.conversion_kind = from_start.conversion_kind
        and from_start.state = '(start)'
    left join conversions_from as from_channel
        on reached.conversion_kind = from_channel.conversion_kind
        and reached.channel = from_channel.state

)

select * from removals
