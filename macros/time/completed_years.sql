{% macro completed_years(since, until) -%}
    (
        extract(year from {{ until }}) - extract(year from {{ since }})
        - case
            when
                100 * extract(month from {{ until }}) + extract(day from {{ until }})
                < 100 * extract(month from {{ since }}) + extract(day from {{ since }})
                then 1
            else 0
        end
    )
{%- endmacro %}
