{% macro ad_account_id(column) -%}
    coalesce(
        {{ column }},
        case
            when
                min({{ column }}) over (partition by _account)
                = max({{ column }}) over (partition by _account)
                then min({{ column }}) over (partition by _account)
        end,
        _account
    )
{%- endmacro %}
