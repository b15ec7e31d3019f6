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
        counted=working_table('counted', first_visits_sql(working_table('steps', sql))),
        left=1
    ) -%}
    {%- do adapter.drop_relation(working_relation('steps')) -%}
    {%- for round in range(max_rounds) if state.left != 0 -%}
        {%- set further = working_table('counted_' ~ round, further_visits_sql(state.counted)) -%}
        {%- do adapter.drop_relation(state.counted) -%}
        {%- set state.counted = further -%}
        {%- set state.left = row_count(further, "what = 'steps'") -%}
    {%- endfor -%}

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
        {{ create_table_as(
            False,
            target_relation,
            "select chain_name, state, next_state, amount as visit_count from " ~ state.counted
            ~ " where what = 'visits'"
        ) }}
    {%- endcall -%}
    {%- do adapter.drop_relation(state.counted) -%}
    {{ run_hooks(post_hooks) }}
    {{ commit_when_transactional() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
