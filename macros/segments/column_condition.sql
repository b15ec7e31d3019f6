{% macro column_condition(definition, condition) -%}
    {%- set columns = graph.nodes['model.' ~ project_name ~ '.customer_360'].columns -%}
    {%- set comparisons = {
        'is': ' = ', 'is_not': ' <> ', 'at_least': ' >= ', 'at_most': ' <= ',
        'more_than': ' > ', 'less_than': ' < '
    } -%}
    {%- set words = condition.keys() | reject('in', ['column', 'of']) | list -%}
    {%- if condition.column not in columns -%}
        {%- do segment_error(definition, 'customer_360 has no column ' ~ condition.column) -%}
    {%- elif not words -%}
        {%- do segment_error(definition, 'nothing is asked of ' ~ condition.column) -%}
    {%- endif -%}
    {%- set asked = asked_column(definition, condition, columns[condition.column].data_type) -%}
    {%- set column = asked.expression -%}
    {%- set type = asked.type -%}
    {%- set parts = [] -%}
    {%- for word in words -%}
        {%- set value = condition[word] -%}
        {%- set is_list = value is sequence and value is not string and value is not mapping and value -%}
        {%- if word in comparisons -%}
            {%- do parts.append(
                column ~ comparisons[word] ~ segment_literal(definition, column, type, value)
            ) -%}
        {%- elif word == 'is_one_of' and is_list -%}
            {%- set literals = [] -%}
            {%- for one in value -%}
                {%- do literals.append(segment_literal(definition, column, type, one)) -%}
            {%- endfor -%}
            {%- do parts.append(column ~ ' in (' ~ literals | join(', ') ~ ')') -%}
        {%- elif type == 'varchar[]' and (
            word == 'contains' and value is string or word == 'contains_any' and is_list
        ) -%}
            {%- set contained = [] -%}
            {%- for one in ([value] if word == 'contains' else value) -%}
                {%- do contained.append(
                    'array_contains(' ~ column ~ ', '
                    ~ segment_literal(definition, column, 'varchar', one) ~ ')'
                ) -%}
            {%- endfor -%}
            {%- do parts.append('(' ~ contained | join(' or ') ~ ')') -%}
        {%- elif word == 'is_known' and value is boolean -%}
            {%- do parts.append(column ~ (' is not null' if value else ' is null')) -%}
        {%- elif word in ['days_ago_at_least', 'days_ago_at_most'] and value is integer
            and type in ['date', 'timestamp'] -%}
            {%- do parts.append(
                dbt.datediff(
                    business_date(column) if type == 'timestamp' else column, 'as_of_date', 'day'
                )
                ~ (' >= ' if word == 'days_ago_at_least' else ' <= ') ~ value
            ) -%}
        {%- else -%}
            {%- do segment_error(
                definition,
                word ~ ': ' ~ value ~ ' cannot be asked of ' ~ column ~ ', which is ' ~ type
                ~ '. Ask ' ~ comparisons.keys() | join(', ')
                ~ ', is_one_of (a list), is_known (true or false), of a date days_ago_at_least '
                ~ 'and days_ago_at_most (whole days), of a list contains (a text) and contains_any '
                ~ '(a list)'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join(' and ') ~ ')') }}
{%- endmacro %}
