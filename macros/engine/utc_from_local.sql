{% macro utc_from_local(local_time, zone) -%}
    {{ return(adapter.dispatch('utc_from_local')(local_time, zone)) }}
{%- endmacro %}

{% macro default__utc_from_local(local_time, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ local_time }}))
{%- endmacro %}

{#- Spark takes the first of two equal hours; the second is by the offset that holds a day later. -#}
{% macro spark__utc_from_local(local_time, zone) -%}
    {%- set first = 'to_utc_timestamp(' ~ local_time ~ ', ' ~ zone ~ ')' -%}
    {%- set day_later = '(' ~ first ~ " + interval '1' day)" -%}
    {%- set second = '(' ~ local_time ~ ' - (from_utc_timestamp(' ~ day_later ~ ', ' ~ zone ~ ') - '
        ~ day_later ~ '))' -%}
    case
        when from_utc_timestamp({{ second }}, {{ zone }}) = {{ local_time }} then {{ second }}
        else {{ first }}
    end
{%- endmacro %}
