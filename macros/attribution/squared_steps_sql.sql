{#- Steps that are less likely than 1 in 10¹⁸ are none: the sum has 18 decimal places. -#}
{% macro squared_steps_sql(steps) -%}
    select
        firsts.chain_name,
        firsts.state,
        seconds.next_state,
        {{ exact_sum('firsts.probability * seconds.probability') }} as probability
    from {{ steps }} as firsts
    inner join {{ steps }} as seconds
        on firsts.chain_name = seconds.chain_name and firsts.next_state = seconds.state
    group by firsts.chain_name, firsts.state, seconds.next_state
    having {{ exact_sum('firsts.probability * seconds.probability') }} > 0
{%- endmacro %}
