{% macro click_token_type(click_id_kind) -%}
    case
        when {{ click_id_kind }} in ('_kx', 'mkt_tok') then 'email_click_id'
        else 'click_id'
    end
{%- endmacro %}
