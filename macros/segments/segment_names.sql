{% macro segment_names() -%}
    {%- set cases = [] -%}
    {%- for definition in segment_definitions() -%}
        {%- do cases.append(
            "case when " ~ segment_condition(definition, definition.where)
            ~ " then '" ~ definition.name ~ "' end"
        ) -%}
    {%- endfor -%}
    {{ return(known_texts(cases)) }}
{%- endmacro %}
