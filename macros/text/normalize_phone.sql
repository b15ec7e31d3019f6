{% macro normalize_phone(column, calling_code, trunk_prefix, longest_number_digits) -%}
    {#- without an extension, and without the (0) that shows callers at home their trunk prefix -#}
    {%- set dialled = replace_matches(column, '([eE][xX][tT]|[xX]|#|;).*$') -%}
    {%- set digits = replace_matches("replace(" ~ dialled ~ ", '(0)', '')", '[^0-9]') -%}
    {%- set international -%}
        case
            when trim({{ column }}) like '+%' then {{ digits }}
            when {{ digits }} like '00%' then substr({{ digits }}, 3)
            when
                {{ digits }} like {{ calling_code }} || '%'
                and length({{ digits }}) > {{ longest_number_digits }}
                then {{ digits }}
            when {{ digits }} like {{ trunk_prefix }} || '%'
                then {{ calling_code }} || substr({{ digits }}, length({{ trunk_prefix }}) + 1)
            else {{ calling_code }} || {{ digits }}
        end
    {%- endset -%}
    case
        when {{ matches(international, '^[1-9][0-9]{7,14}$') }} then '+' || {{ international }}
    end
{%- endmacro %}
