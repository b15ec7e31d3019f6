{% macro recipe() -%}
    {%- if not execute -%}
        {{ return('') }}
    {%- endif -%}
    {%- set parts = [model.raw_code, run_query('select version()').columns[0].values() | first] -%}
    {%- for callable in context.values() if callable.macro is defined -%}
        {%- do parts.append(callable.macro.macro_sql) -%}
    {%- endfor -%}
    {%- for name in modules.re.findall("var[(]['\"]([a-z_0-9]+)", parts | join) | unique -%}
        {%- do parts.append(name ~ ' = ' ~ var(name, '')) -%}
    {%- endfor -%}
    {{ return(local_md5(parts | sort | join('\n'))) }}
{%- endmacro %}
