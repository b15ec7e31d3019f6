{% macro gift_card_redeemed(payment_methods, total) -%}
    case
        when coalesce(lower({{ payment_methods }}) not like '%gift%card%', true)
            then cast(0 as decimal(18, 2))
        when {{ matches("lower(" ~ payment_methods ~ ")", '^[^a-z]*gift[ _]card[^a-z]*$') }}
            then cast({{ total }} as decimal(18, 2))
    end
{%- endmacro %}
