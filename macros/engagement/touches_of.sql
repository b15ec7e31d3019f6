{% macro touches_of(relation, key, source_system, channel, touch_kind, occurred_at, columns) -%}
    {%- set known = touchpoint_columns() -%}
    {%- for column in columns if column not in known -%}
        {%- do exceptions.raise_compiler_error(
            "touches_of(" ~ relation ~ "): int_touchpoints_unioned has no column '" ~ column
            ~ "'; see macros/engagement/touchpoint_columns.sql"
        ) -%}
    {%- endfor -%}
    select
        '{{ relation }}:' || {{ key }} as touchpoint_id,
        {% for column, type in known.items() -%}
            cast({{ columns.get(column, 'null') }} as {{ type }}) as {{ column }},
        {% endfor -%}
        {{ source_system }} as source_system,
        {{ channel }} as channel,
        {{ touch_kind }} as touch_kind,
        {{ occurred_at }} as occurred_at
    from {{ relation }}
{%- endmacro %}
