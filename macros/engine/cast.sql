{#- Contracts are written in the words of DuckDB; Spark has a word of its own for texts, lists and
    maps. -#}
{% macro spark__cast(expression, data_type) -%}
    {%- set texts = modules.re.sub('varchar', 'string', data_type) -%}
    {%- set lists = modules.re.sub('([a-z]+)\\[\\]', 'array<\\1>', texts) -%}
    {%- set maps = modules.re.sub('map[(](.+)[)]', 'map<\\1>', lists) -%}
    cast({{ expression }} as {{ maps }})
{%- endmacro %}
