{% macro normalize_email(column) -%}
    case
        when
            {{ matches(
                "lower(trim(" ~ column ~ "))",
                "^[^@ ,;:<>()]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?[.][a-z]([a-z0-9-]*[a-z0-9])$"
            ) }}
            then lower(trim({{ column }}))
    end
{%- endmacro %}
