{% macro checked_segment(definition) -%}
    {%- set keys = ['name', 'title', 'owner', 'description', 'where'] -%}
    {%- for key in keys if not definition.get(key) -%}
        {%- do segment_error(definition, 'it has no ' ~ key) -%}
    {%- endfor -%}
    {%- for key in definition if key not in keys -%}
        {%- do segment_error(definition, 'it has a ' ~ key ~ '; a segment has ' ~ keys | join(', ')) -%}
    {%- endfor -%}
    {%- if not modules.re.fullmatch('[a-z][a-z0-9_]*', definition.name | string) -%}
        {%- do segment_error(definition, 'a name is of lower-case letters, digits and _') -%}
    {%- endif -%}
{%- endmacro %}
