{% macro segment_error(definition, complaint) -%}
    {%- do exceptions.raise_compiler_error(
        'segment ' ~ definition.get('name', '(without a name)') ~ ': ' ~ complaint
        ~ '. Segments are defined in models/marts/segments/segments.yml.'
    ) -%}
{%- endmacro %}
