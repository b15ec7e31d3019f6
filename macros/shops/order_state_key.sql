{% macro order_state_key(order_state) -%}
    {{ replace_matches('lower(' ~ order_state ~ ')', '^wc[-_]|[ _-]') }}
{%- endmacro %}
