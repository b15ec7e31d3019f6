{% macro business_date(timestamp) -%}
    {%- set zone = var('business_timezone') | string -%}
    {%- if not modules.re.fullmatch('[A-Za-z0-9_+/-]+', zone) -%}
        {%- do exceptions.raise_compiler_error("var business_timezone is not a zone: " ~ zone) -%}
    {%- endif -%}
    {{ return(adapter.dispatch('business_date')(timestamp, zone)) }}
{%- endmacro %}

{% macro default__business_date(timestamp, zone) -%}
    {%- if zone == 'UTC' -%}
        cast({{ timestamp }} as date)
    {%- else -%}
        cast(({{ timestamp }}) at time zone 'UTC' at time zone '{{ zone }}' as date)
    {%- endif -%}
{%- endmacro %}

{% macro spark__business_date(timestamp, zone) -%}
    cast(from_utc_timestamp({{ timestamp }}, '{{ zone }}') as date)
{%- endmacro %}
