{% macro forget_changed(now, key, columns) -%}
    {%- if is_incremental() -%}
        {%- set listed = columns | join(', ') -%}
        delete from {{ this }}
        where {{ key }} in (
            with

            -- worked out once, for both sides of the comparison
            due as (select {{ listed }} from {{ now }}),

            kept as (select {{ listed }} from {{ this }})

            select {{ key }} from (
                (select * from due except select * from kept)
                union all
                (select * from kept except select * from due)
            ) as changed
        )
    {%- endif -%}
{%- endmacro %}
