{#- Known only when dbt builds: while it parses, the project is not yet whole, and a unit test sees
    its own model alone. -#}
{% macro segment_definitions() -%}
    {%- if not execute or graph.nodes is not defined -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set definitions = graph.nodes['model.' ~ project_name ~ '.segments'].config.meta.definitions -%}
    {%- set names = definitions | map(attribute='name') | list -%}
    {%- for definition in definitions -%}
        {%- do checked_segment(definition) -%}
        {%- if names | select('equalto', definition.name) | list | length > 1 -%}
            {%- do segment_error(definition, 'there are two of this name') -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(definitions) }}
{%- endmacro %}
