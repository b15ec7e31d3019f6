{% macro further_visits_sql(visits, steps) -%}
    select
        summed.chain_name,
        summed.state,
        summed.next_state,
        {{ exact_sum('summed.visit_count') }} as visit_count
    from (
        select
            chain_name,
            state,
            next_state,
            visit_count
        from {{ visits }}
        union all
        select
            steps.chain_name,
            steps.state,
            visits.next_state,
            steps.probability * visits.visit_count as visit_count
        from {{ steps }} as steps
        inner join {{ visits }} as visits
            on steps.chain_name = visits.chain_name and steps.next_state = visits.state
    ) as summed
    group by summed.chain_name, summed.state, summed.next_state
{%- endmacro %}
