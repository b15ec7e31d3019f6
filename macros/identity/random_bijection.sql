{% macro random_bijection(round) -%}
    {%- set state = namespace(draw=20240229) -%}
    {%- for _ in range(2 * round + 2) -%}
        {%- set state.draw = (1103515245 * state.draw + 12345) % 2147483648 -%}
    {%- endfor -%}
    {%- set factor = 1 + state.draw % 2147483646 -%}
    {%- set shift = (1103515245 * state.draw + 12345) % 2147483648 % 2147483647 -%}
    {{ return((factor, shift)) }}
{%- endmacro %}
