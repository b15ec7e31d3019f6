{#- A folder names a day, wherever its business is, and stands as that day's midnight in Greenwich; any
    other moment is one. -#}
{% macro exported_day(exported_at) -%}
    case
        when {{ exported_at }} = cast(cast({{ exported_at }} as date) as timestamp)
            then cast({{ exported_at }} as date)
        else {{ business_date(exported_at) }}
    end
{%- endmacro %}
