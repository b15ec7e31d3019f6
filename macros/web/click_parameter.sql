{#- The pattern is dear, so it is asked once for both the id and its kind, and of few addresses. -#}
{% macro click_parameter(column) -%}
    case
        when {{ column }} like '%=%'
            then {{ first_match(column, '(?i).*[?&]((?:' ~ click_id_names() ~ ')=[^&#]+)') }}
    end
{%- endmacro %}
