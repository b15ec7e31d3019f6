{% macro click_id_names() -%}
    {{ return([
        'gclid', 'gbraid', 'wbraid', 'msclkid', 'fbclid', 'ttclid', 'sccid', 'li_fat_id', 'epik',
        'twclid', '_kx', 'mkt_tok',
    ] | join('|')) }}
{%- endmacro %}
