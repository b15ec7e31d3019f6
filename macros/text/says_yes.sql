{% macro says_yes(column) -%}
    case
        when lower(trim({{ column }})) in ('true', 'yes', '1', 'ja', 'oui', 'sí', 'si') then true
        when lower(trim({{ column }})) in ('false', 'no', '0', 'nein', 'non') then false
    end
{%- endmacro %}
