{#- Most addresses have no parameter: looking for the name first spares them the pattern. -#}
{% macro url_parameter(column, name) -%}
    case
        when {{ column }} like '%{{ name }}=%'
            then {{ url_decoded(first_match(column, '[?&]' ~ name ~ '=([^&#]*)')) }}
    end
{%- endmacro %}
