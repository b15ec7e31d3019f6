{% macro renumbered(number, bijection) -%}
    ({{ bijection[0] }} * {{ number }} + {{ bijection[1] }}) % 2147483647
{%- endmacro %}
