{% macro first_visits_sql(steps) -%}
    select
        visits.chain_name,
        visits.state,
        visits.next_state,
        {{ exact_sum('visits.visit_count') }} as visit_count
    from (
        select
            chain_name,
            state,
            next_state,
            probability as visit_count
        from {{ steps }}
        union all
        select
            states.chain_name,
            states.state,
            states.state as next_state,
            cast(1 as double) as visit_count
        from (
            select
                chain_name,
                state
            from {{ steps }}
            union
            select
                chain_name,
                next_state as state
            from {{ steps }}
        ) as states
    ) as visits
    group by visits.chain_name, visits.state, visits.next_state
{%- endmacro %}
