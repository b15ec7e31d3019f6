{% macro first_visits_sql(steps) -%}
    select
        visits.chain,
        visits.state,
        visits.next_state,
        {{ exact_sum('visits.visit_count') }} as visit_count
    from (
        select
            chain,
            state,
            next_state,
            probability as visit_count
        from {{ steps }}
        union all
        select
            states.chain,
            states.state,
            states.state as next_state,
            cast(1 as double) as visit_count
        from (
            select
                chain,
                state
            from {{ steps }}
            union
            select
                chain,
                next_state as state
            from {{ steps }}
        ) as states
    ) as visits
    group by visits.chain, visits.state, visits.next_state
{%- endmacro %}
