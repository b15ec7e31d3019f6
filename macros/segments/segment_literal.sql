{% macro segment_literal(definition, column, type, value) -%}
    {%- if value is boolean -%}
        {%- set fits = type == 'boolean' -%}
    {%- elif value is number -%}
        {%- set fits = type in ['integer', 'bigint', 'double'] or type.startswith('decimal') -%}
    {%- else -%}
        {%- set fits = value is string and type == 'varchar' -%}
    {%- endif -%}
    {%- if not fits -%}
        {%- do segment_error(
            definition, value ~ ' cannot be compared with ' ~ column ~ ', which is ' ~ type
        ) -%}
    {%- elif value is string -%}
        {%- if modules.re.search('[\\\\\x00-\x1f]', value) -%}
            {%- do segment_error(
                definition, 'a text that ' ~ column ~ ' is compared with has a backslash or a '
                ~ 'control character'
            ) -%}
        {%- endif -%}
        {{ return("'" ~ value | replace("'", "''") ~ "'") }}
    {%- else -%}
        {{ return(value | string | lower) }}
    {%- endif -%}
{%- endmacro %}
