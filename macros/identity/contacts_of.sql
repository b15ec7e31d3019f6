{% macro contacts_of(relation, own_identifier_type, source_system, columns) -%}
    {%- set known = contact_columns() -%}
    {%- for column in columns if column not in known -%}
        {%- do exceptions.raise_compiler_error(
            "contacts_of(" ~ relation ~ "): int_contacts_observed has no column '" ~ column
            ~ "'; see macros/identity/contact_columns.sql"
        ) -%}
    {%- endfor -%}
    select
        '{{ own_identifier_type }}' as own_identifier_type,
        cast({{ own_identifier_type }} as string) as own_identifier,
        '{{ source_system }}' as source_system,
        {% for column, type in known.items() -%}
            cast({{ columns.get(column, 'null') }} as {{ type }}) as {{ column }}
            {{- "," if not loop.last }}
        {% endfor %}
    from {{ relation }}
{%- endmacro %}
