{% macro business_date(timestamp) -%}
    {{ return(adapter.dispatch('business_date')(timestamp, business_timezone())) }}
{%- endmacro %}

{% macro default__business_date(timestamp, zone) -%}
    {%- if zone == "'UTC'" -%}
        cast({{ timestamp }} as date)
    {%- else -%}
        cast(({{ timestamp }}) at time zone 'UTC' at time zone {{ zone }} as date)
    {%- endif -%}
{%- endmacro %}

{% macro spark__business_date(timestamp, zone) -%}
    cast(from_utc_timestamp({{ timestamp }}, {{ zone }}) as date)
{%- endmacro %}
