{#- What an earlier build left in the warehouse of tables that have a file of their own now. -#}
{% macro drop_moved() -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.database == 'intermediate_file' -%}
            {%- set left = adapter.get_relation(target.database, node.schema, node.alias) -%}
            {%- if left is not none -%}
                {%- do adapter.drop_relation(left) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
