{#-
    What the contacts up to this one are given, less what those before it are: differences of
    rounded amounts add up to the whole. Where no contact has any weight, the last one takes all.
-#}
{% macro share_of(whole, model, rounded) -%}
    {%- set takers = {
        'first_touch': '1',
        'last_touch': 'touch_count',
        'last_non_direct': 'coalesce(last_non_direct_position, touch_count)'
    } -%}
    {%- set so_far, total = model ~ '_so_far', model ~ '_total' -%}
    {%- if model in takers -%}
        {{ rounded(
            'case when touch_position = ' ~ takers[model] ~ ' then ' ~ whole ~ ' else 0 end'
        ) }}
    {%- elif model == 'linear' -%}
        {{ rounded('cast(' ~ whole ~ ' as double) * (touch_position / touch_count)') }}
        - {{ rounded('cast(' ~ whole ~ ' as double) * ((touch_position - 1) / touch_count)') }}
    {%- else -%}
        {%- set up_to_here -%}
            cast({{ whole }} as double) * case
                when {{ total }} > 0 then {{ so_far }} / {{ total }}
                when touch_position = touch_count then 1
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
