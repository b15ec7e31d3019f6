{% macro share_before(model) -%}
    case
        when {{ model }}_total > 0
            then ({{ model }}_so_far - {{ model }}_weight) / {{ model }}_total
        else 0
    end
{%- endmacro %}
