{#-
    What the contacts up to this one are given, less what those before it are: differences of
    rounded amounts add up to the whole. Where no contact has any weight, the last one takes all.
-#}
{% macro share_of(whole, model, rounded) -%}
    {%- set takers = {'first_touch': 'is_first', 'last_touch': 'is_last'} -%}
    {%- if model in takers -%}
        {{ rounded(
            'case when ' ~ takers[model] ~ ' then ' ~ whole ~ ' else ' ~ whole ~ ' - ' ~ whole
            ~ ' end'
        ) }}
    {%- else -%}
        {%- set so_far, total = model ~ '_so_far', model ~ '_total' -%}
        {%- set up_to_here -%}
            cast({{ whole }} as double) * case
                when {{ total }} > 0 then {{ so_far }} / {{ total }}
                when is_last then 1
                else 0
            end
        {%- endset -%}
        {%- set before -%}
            cast({{ whole }} as double) * case
                when {{ total }} > 0 then ({{ so_far }} - {{ model }}_weight) / {{ total }}
                else 0
            end
        {%- endset -%}
        {{ rounded(up_to_here) }}
        - {{ rounded(before) }}
    {%- endif -%}
{%- endmacro %}
