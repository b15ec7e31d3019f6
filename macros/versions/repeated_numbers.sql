{% macro repeated_numbers(rows, text, condition='true') -%}
    (
        select found_number
        from (
            select {{ text_number(text) }} as found_number
            from {{ rows }}
            where {{ condition }}
        ) as numbered
        group by found_number
        having count(*) > 1
    )
{%- endmacro %}
