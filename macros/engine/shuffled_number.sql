{#-
    Both functions mix a number's bits by steps that can each be undone (shifts, rotations, odd
    factors), so different numbers stay different.
-#}
{% macro shuffled_number(number) -%}
    {{ return(adapter.dispatch('shuffled_number')(number)) }}
{%- endmacro %}

{% macro default__shuffled_number(number) -%}
    hash({{ number }})
{%- endmacro %}

{% macro spark__shuffled_number(number) -%}
    xxhash64({{ number }})
{%- endmacro %}
