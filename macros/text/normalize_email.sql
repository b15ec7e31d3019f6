{#- What nobody sees is no part of an address: pasted ones bring zero-width and other spaces along. -#}
{% macro normalize_email(column) -%}
    {%- set bare = "lower(trim(translate(" ~ column ~ ", '\u00a0\u200b\ufeff\t\r\n', '')))" -%}
    case
        when
            {{ matches(
                bare,
                "^[^@ ,;:<>()]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?[.][a-z]([a-z0-9-]*[a-z0-9])$"
            ) }}
            then {{ bare }}
    end
{%- endmacro %}
