{#-
    Randomised contraction: Bögeholz, Brand and Todor, "In-database connected component analysis",
    ICDE 2020. Each round gives the vertices new random numbers by a bijection, lets each vertex
    choose the least number in its neighbourhood, and contracts the edges onto the chosen ones. The
    number of vertices falls by a constant factor in expectation, on chains and on hubs alike, so
    that the rounds are logarithmic. Every statement is a join, a minimum or a distinct.
-#}
{% materialization connected_components, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set max_rounds = config.get('max_rounds', 60) -%}

    {{ run_hooks(pre_hooks) }}

    {%- set pairs = working_table('pairs', sql) -%}
    {%- set numbers = working_table('numbers', numbered_nodes_sql(pairs)) -%}
    {%- set edges = working_table('edges', numbered_edges_sql(pairs, numbers)) -%}
    {%- do adapter.drop_relation(pairs) -%}

    {%- set state = namespace(edges=edges, left=-1, draws=[], choices=[]) -%}
    {%- for round in range(max_rounds) if state.left != 0 -%}
        {%- do state.draws.append(random_bijection(round)) -%}
        {%- set chosen = working_table(
            'chosen_' ~ round, chosen_neighbours_sql(state.edges, state.draws[-1])
        ) -%}
        {%- do state.choices.append(chosen) -%}
        {%- set contracted = working_table(
            'edges_' ~ round, contracted_edges_sql(state.edges, chosen)
        ) -%}
        {%- do adapter.drop_relation(state.edges) -%}
        {%- set state.edges = contracted -%}
        {%- set state.left = row_count(contracted) -%}
    {%- endfor -%}
    {%- do adapter.drop_relation(state.edges) -%}

    {%- if state.left != 0 -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ": components have not converged, " ~ state.left
            ~ " edges are left after " ~ max_rounds ~ " rounds; raise max_rounds"
        ) -%}
    {%- endif -%}

    {#- From the last round back to the first, each choice is followed to the end it leads to. -#}
    {%- set ends = namespace(table=state.choices[-1]) -%}
    {%- for round in range(state.choices | length - 2, -1, -1) -%}
        {%- set followed = working_table(
            'ends_' ~ round,
            followed_choices_sql(state.choices[round], ends.table, state.draws[round + 1:])
        ) -%}
        {%- do adapter.drop_relation(ends.table) -%}
        {%- do adapter.drop_relation(state.choices[round]) -%}
        {%- set ends.table = followed -%}
    {%- endfor -%}

    {%- set existing = load_cached_relation(this) -%}
    {%- if existing -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ create_table_as(False, target_relation, components_sql(numbers, ends.table)) }}
    {%- endcall -%}

    {%- do adapter.drop_relation(ends.table) -%}
    {%- do adapter.drop_relation(numbers) -%}
    {{ run_hooks(post_hooks) }}
    {{ commit_when_transactional() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
