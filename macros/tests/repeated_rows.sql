{#- What is held of so many rows is eight bytes each, not their texts. -#}
{% macro repeated_rows(model, columns) -%}
    {%- set listed = columns | join(', ') -%}
    select
        {{ listed }},
        count(*) as row_count
    from {{ model }}
    where {{ text_number(listed) }} in {{ repeated_numbers(model, listed) }}
    group by {{ listed }}
    having count(*) > 1
{%- endmacro %}
