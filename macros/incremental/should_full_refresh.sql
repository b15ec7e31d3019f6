{% macro should_full_refresh() -%}
    {{ return(
        dbt.should_full_refresh()
        or (
            model.config.materialized == 'incremental'
            and model.config.full_refresh is not false
            and recipe_of(this) != recipe()
        )
    ) }}
{%- endmacro %}
