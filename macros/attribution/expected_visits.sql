{#-
    The fundamental matrix of absorbing Markov chains, N = I + Q + Q² + …, where Q holds the
    probabilities of steps between states that are not ends (Kemeny and Snell, "Finite Markov
    Chains", 1960, theorem 3.2.4). Squaring doubles the number of powers in each round, so that the
    rounds are logarithmic in the length of a path: N' = N + P N and P' = P P.
-#}
{% materialization expected_visits, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set max_rounds = config.get('max_rounds', 60) -%}

    {{ run_hooks(pre_hooks) }}

    {%- set state = namespace(
        powers=working_table('powers', sql),
        visits=none,
        left=1
    ) -%}
    {%- set state.visits = working_table('visits', first_visits_sql(state.powers)) -%}
    {%- for round in range(max_rounds) if state.left != 0 -%}
        {%- set squared = working_table('powers_' ~ round, squared_steps_sql(state.powers)) -%}
        {%- do adapter.drop_relation(state.powers) -%}
        {%- set state.powers = squared -%}
        {%- set longer = working_table(
            'visits_' ~ round, further_visits_sql(state.visits, squared)
        ) -%}
        {%- do adapter.drop_relation(state.visits) -%}
        {%- set state.visits = longer -%}
        {%- set state.left = row_count(squared) -%}
    {%- endfor -%}
    {%- do adapter.drop_relation(state.powers) -%}

    {%- if state.left != 0 -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ": paths have not ended after " ~ max_rounds ~ " rounds of squaring; "
            ~ "is there a state from which no end is reached?"
        ) -%}
    {%- endif -%}

    {%- set existing = load_cached_relation(this) -%}
    {%- if existing -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ create_table_as(False, target_relation, "select * from " ~ state.visits) }}
    {%- endcall -%}
    {%- do adapter.drop_relation(state.visits) -%}
    {{ run_hooks(post_hooks) }}
    {{ commit_when_transactional() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
