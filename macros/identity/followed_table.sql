{% macro followed_table(name, choices_sql) -%}
    {%- set state = namespace(choices=working_table(name, choices_sql), open=-1) -%}
    {%- for steps in range(64) if state.open != 0 -%}
        {%- set followed = working_table(
            name ~ '_' ~ steps, followed_choices_sql(state.choices)
        ) -%}
        {%- do adapter.drop_relation(state.choices) -%}
        {%- set state.choices = followed -%}
        {%- set state.open = row_count(followed, 'is_open') -%}
    {%- endfor -%}
    {{ return(state.choices) }}
{%- endmacro %}
