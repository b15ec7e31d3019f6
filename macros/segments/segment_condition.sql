{#- Conditions are data. Whatever stands in them ends up as a column's name that the contract of
    customer_360 knows, or as a literal; there is no way to write SQL. -#}
{% macro segment_condition(definition, condition) -%}
    {%- if condition is not mapping -%}
        {%- do segment_error(
            definition, 'a condition is a mapping with a column, or with all, any or not'
        ) -%}
    {%- elif 'column' in condition -%}
        {{ return(column_condition(definition, condition)) }}
    {%- elif condition | length != 1 or condition | first not in ['all', 'any', 'not'] -%}
        {%- do segment_error(
            definition,
            'a condition has a column, or one of all, any and not; this one has '
            ~ condition | join(', ')
        ) -%}
    {%- elif 'not' in condition -%}
        {{ return('not coalesce(' ~ segment_condition(definition, condition['not']) ~ ', false)') }}
    {%- else -%}
        {%- set word = condition | first -%}
        {%- if condition[word] is mapping or condition[word] is string or not condition[word] -%}
            {%- do segment_error(definition, word ~ ' has a list of conditions') -%}
        {%- endif -%}
        {%- set parts = [] -%}
        {%- for part in condition[word] -%}
            {%- do parts.append(segment_condition(definition, part)) -%}
        {%- endfor -%}
        {{ return('(' ~ parts | join(' and ' if word == 'all' else ' or ') ~ ')') }}
    {%- endif -%}
{%- endmacro %}
