{% macro utc_from_local(local_time, zone) -%}
    {{ return(adapter.dispatch('utc_from_local')(local_time, zone)) }}
{%- endmacro %}

{% macro default__utc_from_local(local_time, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ local_time }}))
{%- endmacro %}

{% macro spark__utc_from_local(local_time, zone) -%}
    to_utc_timestamp({{ local_time }}, {{ zone }})
{%- endmacro %}
