{#- Without a subtotal, what is left of the total: a tax that the prices include stays in it. -#}
{% macro mapped_subtotal() -%}
    cast(
        coalesce(
            subtotal,
            total
            - coalesce(shipping, 0)
            - case when prices_include_tax then 0 else coalesce(tax, 0) end
        ) as decimal(18, 2)
    )
{%- endmacro %}
