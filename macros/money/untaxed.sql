{#- The share of a whole is the whole without tax: what was paid back in full leaves nothing. -#}
{% macro untaxed(amount, without_tax, with_tax) -%}
    coalesce(
        {{ ratio(
            'cast(' ~ amount ~ ' as double) * cast(' ~ without_tax ~ ' as double)', with_tax, 2
        ) }},
        cast({{ amount }} as decimal(18, 2))
    )
{%- endmacro %}
