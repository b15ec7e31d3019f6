{#- A buyer is given back the tax on top of the price and shipping too, neither of which is revenue.
    What a refund of a part is for nobody says: it is taken for goods and their tax. -#}
{% macro refunded_goods(refunded, subtotal, shipping, total) -%}
    coalesce(
        least(
            {{ ratio(
                'cast(' ~ refunded ~ ' as double) * cast(' ~ subtotal ~ ' as double)',
                'greatest(' ~ total ~ ' - ' ~ shipping ~ ', ' ~ subtotal ~ ')',
                2
            ) }},
            cast({{ subtotal }} as decimal(18, 2))
        ),
        cast({{ refunded }} as decimal(18, 2))
    )
{%- endmacro %}
