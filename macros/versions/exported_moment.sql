{#- A folder states a day, or a day and a time, as the clock of the business shows it. -#}
{% macro exported_moment(exported_at, stated_date) -%}
    case
        when {{ stated_date }} is null then {{ exported_at }}
        else {{ utc_from_local(exported_at, business_timezone()) }}
    end
{%- endmacro %}
