{% macro dates_by_text(text, date, condition) -%}
    {{ return(adapter.dispatch('dates_by_text')(text, date, condition)) }}
{%- endmacro %}

{% macro default__dates_by_text(text, date, condition) -%}
    map(
        list({{ text }} order by {{ text }}) filter (where {{ condition }}),
        list({{ date }} order by {{ text }}) filter (where {{ condition }})
    )
{%- endmacro %}

{% macro spark__dates_by_text(text, date, condition) -%}
    case
        when count(*) filter (where {{ condition }}) > 0
            then
                map_from_entries(
                    array_sort(
                        collect_list(struct({{ text }}, {{ date }})) filter (where {{ condition }})
                    )
                )
    end
{%- endmacro %}
