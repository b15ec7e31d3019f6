{#- A build cannot be repeated without what incremental models remember, so these are kept. -#}
{% macro generate_database_name(custom_database_name, node) -%}
    {%- set is_kept = env_var('C360_INTERMEDIATE', '') == ''
        or node.config.materialized == 'incremental' -%}
    {%- if target.type != 'duckdb' -%}
        {{ return(none) }}
    {%- elif custom_database_name is none or is_kept -%}
        {{ return(target.database) }}
    {%- endif -%}
    {{ return(custom_database_name) }}
{%- endmacro %}
