{% macro has_consented(column) -%}
    case replace(upper(trim({{ column }})), ' ', '_')
        when 'SUBSCRIBED' then true
        when 'TRUE' then true
        when 'UNSUBSCRIBED' then false
        when 'FALSE' then false
    end
{%- endmacro %}
