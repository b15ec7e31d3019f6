{% macro written_day(column) -%}
    {%- set month_names = 'janfebmaraprmayjunjulaugsepoctnovdec' -%}
    {%- set place = "position(lower(left(" ~ column ~ ", 3)) in '" ~ month_names ~ "')" -%}
    try_cast(
        {{ first_match(column, '^[A-Za-z]+[.]? [0-9]{1,2},? ([0-9]{4})$') }}
        || '-'
        || lpad(cast(cast((nullif({{ place }}, 0) + 2) / 3 as integer) as string), 2, '0')
        || '-'
        || lpad({{ first_match(column, '^[A-Za-z]+[.]? ([0-9]{1,2}),? [0-9]{4}$') }}, 2, '0')
        as date
    )
{%- endmacro %}
