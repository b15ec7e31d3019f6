{% macro campaign_slug(name) -%}
    {{ replace_matches('lower(' ~ name ~ ')', '[^a-z0-9]+') }}
{%- endmacro %}
