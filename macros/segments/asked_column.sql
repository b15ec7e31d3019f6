{#- Both engines answer a key that a map does not have with null. -#}
{% macro asked_column(definition, condition, type) -%}
    {%- set is_map = type.startswith('map(varchar, ') -%}
    {%- if is_map and 'of' not in condition -%}
        {%- do segment_error(
            definition, condition.column ~ ' has a value for each of many texts; say which by of'
        ) -%}
    {%- elif not is_map and 'of' in condition -%}
        {%- do segment_error(
            definition, 'of cannot be asked of ' ~ condition.column ~ ', which is ' ~ type
        ) -%}
    {%- elif is_map -%}
        {%- set key = segment_literal(definition, condition.column, 'varchar', condition.of) -%}
        {{ return({
            'expression': condition.column ~ '[' ~ key ~ ']',
            'type': type[('map(varchar, ' | length):-1]
        }) }}
    {%- else -%}
        {{ return({'expression': condition.column, 'type': type}) }}
    {%- endif -%}
{%- endmacro %}
