{#- Where no contact has any weight, the last one takes all. -#}
{% macro share_after(model) -%}
    case
        when {{ model }}_total > 0 then {{ model }}_so_far / {{ model }}_total
        when is_last then 1
        else 0
    end
{%- endmacro %}
