{% macro latest_before(column, of, by) -%}
    {{ return(adapter.dispatch('latest_before')(column, of, by)) }}
{%- endmacro %}

{% macro default__latest_before(column, of, by) -%}
    last_value({{ column }} ignore nulls) over (
        partition by {{ of | join(', ') }}
        order by {{ by | join(', ') }}
        rows between unbounded preceding and 1 preceding
    )
{%- endmacro %}

{% macro spark__latest_before(column, of, by) -%}
    last_value({{ column }}) ignore nulls over (
        partition by {{ of | join(', ') }}
        order by {{ by | join(', ') }}
        rows between unbounded preceding and 1 preceding
    )
{%- endmacro %}
