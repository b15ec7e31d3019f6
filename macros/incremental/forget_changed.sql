{% macro forget_changed(now, key, columns) -%}
    {%- if is_incremental() -%}
        {%- set listed = columns | join(', ') -%}
        delete from {{ this }}
        where {{ key }} in (
            select {{ key }} from (
                (select {{ listed }} from {{ now }} except select {{ listed }} from {{ this }})
                union all
                (select {{ listed }} from {{ this }} except select {{ listed }} from {{ now }})
            ) as changed
        )
    {%- endif -%}
{%- endmacro %}
