{#-
    Randomised contraction: Bögeholz, Brand and Todor, "In-database connected component analysis",
    ICDE 2020. Each round gives the vertices new random numbers by a bijection, lets each vertex
    choose the least number in its neighbourhood, and contracts the edges onto the chosen ones. The
    number of vertices falls by a constant factor in expectation, on chains and on hubs alike, so
    that the rounds are logarithmic. Every statement is a join, a minimum or a distinct.

    Texts are hashed once, so that the rounds move numbers only, and grouped once, which also finds
    what each chooses first. Two texts of one number start everything again.
-#}
{% materialization connected_components, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set max_rounds = config.get('max_rounds', 60) -%}

    {{ run_hooks(pre_hooks) }}

    {%- set start = namespace(nodes=none, is_made=false) -%}
    {%- for attempt in range(5) if not start.is_made -%}
        {%- set start.nodes = working_table('nodes', numbered_nodes_sql(sql, attempt)) -%}
        {%- set start.attempt = attempt -%}
        {%- set start.is_made = config.get('nodes') == 'numbers' or row_count(
            "(select u from " ~ start.nodes ~ " group by u having count(*) > 1) as doubled"
        ) == 0 -%}
    {%- endfor -%}
    {%- if not start.is_made -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ": two nodes have the same number, however they are hashed"
        ) -%}
    {%- endif -%}
    {%- set is_two_sided = row_count(
        "(select u from " ~ start.nodes ~ " where left_count > 0 and right_count > 0) as on_both"
    ) == 0 -%}
    {%- set first_choices = first_choices_sql(start.nodes, is_two_sided) -%}
    {%- set edges = working_table('edges', numbered_edges_sql(sql, start.attempt)) -%}

    {%- set state = namespace(edges=edges, left=-1, choices=["(" ~ first_choices ~ ")"]) -%}
    {%- for round in range(max_rounds) if state.left != 0 -%}
        {%- if round > 0 -%}
            {%- do state.choices.append(
                working_table('chosen_' ~ round, chosen_neighbours_sql(state.edges))
            ) -%}
        {%- endif -%}
        {%- set contracted_sql = first_edges_sql(edges, start.nodes)
            if round == 0 and is_two_sided
            else contracted_edges_sql(state.edges, state.choices[-1]) -%}
        {%- set contracted = working_table('edges_' ~ round, contracted_sql) -%}
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

    {#- From the last round back to the second, each choice is followed to the end it leads to. -#}
    {%- set last_round = state.choices | length - 1 -%}
    {%- set ends = namespace(table=state.choices[-1] if last_round > 0 else none) -%}
    {%- for round in range(last_round - 1, 0, -1) -%}
        {%- set followed = working_table(
            'ends_' ~ round,
            followed_choices_sql(state.choices[round], ends.table, last_round - round)
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
        {{ create_table_as(
            False, target_relation, components_sql(first_choices, ends.table, last_round)
        ) }}
    {%- endcall -%}

    {%- if ends.table -%}
        {%- do adapter.drop_relation(ends.table) -%}
    {%- endif -%}
    {%- do adapter.drop_relation(start.nodes) -%}
    {{ run_hooks(post_hooks) }}
    {{ commit_when_transactional() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
