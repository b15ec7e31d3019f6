{#- Grouped by a number each: what is held of so many rows is eight bytes, not their texts, and only
    rows whose numbers are equal are compared. -#}
{% macro repeated_rows(model, columns) -%}
    {%- set listed = columns | join(', ') -%}
    select
        {{ listed }},
        count(*) as row_count
    from {{ model }}
    where {{ text_number(listed) }} in (
        select found_number
        from (select {{ text_number(listed) }} as found_number from {{ model }}) as numbered
        group by found_number
        having count(*) > 1
    )
    group by {{ listed }}
    having count(*) > 1
{%- endmacro %}
