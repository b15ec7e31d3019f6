{#- 64¹⁰ = 2⁶⁰: ten numbers below 64 fit into a whole number of 64 bits, and powers are exact. -#}
{% macro sequence_code(number, position, from, to) -%}
    cast(sum(
        case
            when {{ position }} between {{ from }} and {{ to }}
                then {{ number }} * cast(power(64, {{ position }} - {{ from }}) as bigint)
            else 0
        end
    ) as bigint)
{%- endmacro %}
