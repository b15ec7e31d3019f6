{#-
    Randomised contraction: Bögeholz, Brand and Todor, "In-database connected component analysis",
    ICDE 2020. Each round gives the vertices new random numbers by a bijection, lets each vertex
    choose the least number in its neighbourhood, and contracts the edges onto the chosen ones. The
    number of vertices falls by a constant factor in expectation, on chains and on hubs alike, so
    that the rounds are logarithmic. Every statement is a join, a minimum or a distinct.

    Texts are hashed once, so that the rounds move numbers only. All nodes choose in the first
    round: fewer choices than nodes are two texts of one number, and everything starts again.
-#}
{% materialization connected_components, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set max_rounds = config.get('max_rounds', 60) -%}

    {{ run_hooks(pre_hooks) }}

    {%- set start = namespace(numbers=none, edges=none, chosen=none, is_made=false) -%}
    {%- for attempt in range(5) if not start.is_made -%}
        {%- set start.edges = working_table('edges', numbered_edges_sql(sql, attempt)) -%}
        {%- set start.chosen = working_table('chosen_0', chosen_neighbours_sql(start.edges)) -%}
        {%- if config.get('nodes') == 'numbers' -%}
            {%- set start.is_made = true -%}
        {%- else -%}
            {%- set start.numbers = working_table('numbers', numbered_nodes_sql(sql, attempt)) -%}
            {%- set start.is_made = row_count(start.numbers) == row_count(start.chosen) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not start.is_made -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ": two nodes have the same number, however they are hashed"
        ) -%}
    {%- endif -%}

    {%- set state = namespace(edges=start.edges, left=-1, choices=[start.chosen]) -%}
    {%- for round in range(max_rounds) if state.left != 0 -%}
        {%- if round > 0 -%}
            {%- do state.choices.append(
                working_table('chosen_' ~ round, chosen_neighbours_sql(state.edges))
            ) -%}
        {%- endif -%}
        {%- set contracted = working_table(
            'edges_' ~ round, contracted_edges_sql(state.edges, state.choices[-1])
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
        {%- set later_rounds = state.choices | length - 1 - round -%}
        {%- set followed = working_table(
            'ends_' ~ round,
            followed_choices_sql(state.choices[round], ends.table, later_rounds)
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
        {{ create_table_as(False, target_relation, components_sql(start.numbers, ends.table)) }}
    {%- endcall -%}

    {%- do adapter.drop_relation(ends.table) -%}
    {%- if start.numbers -%}
        {%- do adapter.drop_relation(start.numbers) -%}
    {%- endif -%}
    {{ run_hooks(post_hooks) }}
    {{ commit_when_transactional() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
