{#-
    Contraction, as in Borůvka's trees. In each round each vertex chooses its least neighbour, if
    that is less than itself; choices are followed to their ends, and the edges joined to these. A
    vertex that chose none was chosen by a neighbour, or next to it stands in the next round the
    lesser one that the neighbour chose: two rounds leave half of the vertices at most, whatever the
    graph, so that the rounds are logarithmic. Numbers are hashes, so that chains of choices are
    short. Every statement is a join, a minimum or a count.

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
    {%- set edges = working_table(
        'edges', numbered_edges_sql(sql, start.attempt, is_two_sided)
    ) -%}

    {#- Where nodes have sides, the first choices are read from the table of nodes. -#}
    {%- set state = namespace(edges=edges, left=-1, choices=[]) -%}
    {%- for round in range(max_rounds) if state.left != 0 -%}
        {%- set is_direct = round == 0 and is_two_sided -%}
        {%- set choices_sql = first_choices_sql(start.nodes, is_two_sided)
            if round == 0 else chosen_neighbours_sql(state.edges) -%}
        {%- set choices = "(" ~ choices_sql ~ ")" if is_direct
            else followed_table('choices_' ~ round, choices_sql) -%}
        {%- set kept = working_table('kept_' ~ round, kept_edges_sql(state.edges, choices)) -%}
        {%- do adapter.drop_relation(state.edges) -%}
        {%- set state.edges = kept if is_direct
            else working_table('edges_' ~ round, contracted_edges_sql(kept, choices)) -%}
        {%- if not is_direct -%}
            {%- do adapter.drop_relation(kept) -%}
        {%- endif -%}
        {%- do state.choices.append(choices) -%}
        {%- set state.left = row_count(state.edges) -%}
    {%- endfor -%}
    {%- do adapter.drop_relation(state.edges) -%}

    {%- if state.left != 0 -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ": components have not converged, " ~ state.left
            ~ " edges are left after " ~ max_rounds ~ " rounds; raise max_rounds"
        ) -%}
    {%- endif -%}

    {%- set later = namespace(choices=none) -%}
    {%- for round in range(state.choices | length - 1, 0, -1) -%}
        {%- set choices = state.choices[round] -%}
        {%- if later.choices is none -%}
            {%- set later.choices = choices -%}
        {%- else -%}
            {%- set all_choices = working_table(
                'all_' ~ round, all_choices_sql(choices, later.choices)
            ) -%}
            {%- do adapter.drop_relation(later.choices) -%}
            {%- do adapter.drop_relation(choices) -%}
            {%- set later.choices = all_choices -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set first_ends = first_ends_sql(start.nodes, state.choices[0], is_two_sided) -%}

    {%- set existing = load_cached_relation(this) -%}
    {%- if existing -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ create_table_as(False, target_relation, components_sql(first_ends, later.choices)) }}
    {%- endcall -%}

    {%- if later.choices is not none -%}
        {%- do adapter.drop_relation(later.choices) -%}
    {%- endif -%}
    {%- if not is_two_sided -%}
        {%- do adapter.drop_relation(state.choices[0]) -%}
    {%- endif -%}
    {%- do adapter.drop_relation(start.nodes) -%}
    {{ run_hooks(post_hooks) }}
    {{ commit_when_transactional() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
