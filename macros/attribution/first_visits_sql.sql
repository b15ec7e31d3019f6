{% macro first_visits_sql(steps) -%}
    select
        'steps' as what,
        chain_name,
        state,
        next_state,
        probability as amount
    from {{ steps }}

    union all

    select
        'visits' as what,
        states.chain_name,
        states.state,
        states.state as next_state,
        cast(1 as double) as amount
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
{%- endmacro %}
