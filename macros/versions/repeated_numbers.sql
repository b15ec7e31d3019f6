{% macro repeated_numbers(rows, text, condition='true', bit=none) -%}
    (
        select found_number
        from (
            select
                {{ text_number(text) }} as found_number
                {%- if bit %},
                {{ bit }} as found_bit{% endif %}
            from {{ rows }}
            where {{ condition }}
        ) as numbered
        group by found_number
        having count(*) > {{ 'bit_count(bit_or(found_bit))' if bit else 1 }}
    )
{%- endmacro %}
