{#- What is held of so many rows is eight bytes each, not their texts; of rows that differ in their
    last column alone, of few values, it is one number with a bit for each value. -#}
{% macro repeated_rows(model, columns, last_values=none) -%}
    {%- set listed = columns | join(', ') -%}
    {%- set numbered = listed -%}
    {%- set bit = none -%}
    {%- if last_values -%}
        {%- set numbered = columns[:-1] | join(', ') -%}
        {%- set bit -%}
            case {{ columns | last }}
                {% for value in last_values -%}
                    when '{{ value }}' then cast({{ 2 ** loop.index0 }} as bigint)
                {% endfor -%}
            else 0 end
        {%- endset -%}
    {%- endif -%}
    select
        {{ listed }},
        count(*) as row_count
    from {{ model }}
    where {{ text_number(numbered) }} in {{ repeated_numbers(model, numbered, bit=bit) }}
    group by {{ listed }}
    having count(*) > 1
{%- endmacro %}
