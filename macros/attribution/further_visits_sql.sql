{#- Steps that are less likely than 1 in 10¹⁸ are none: the sum has 18 decimal places. -#}
{% macro further_visits_sql(counted) -%}
    select
        summed.what,
        summed.chain_name,
        summed.state,
        summed.next_state,
        {{ exact_sum('summed.amount') }} as amount
    from (
        select
            what,
            chain_name,
            state,
            next_state,
            amount
        from {{ counted }}
        where what = 'visits'
        union all
        select
            further.what,
            steps.chain_name,
            steps.state,
            further.next_state,
            steps.amount * further.amount as amount
        from {{ counted }} as steps
        inner join {{ counted }} as further
            on steps.chain_name = further.chain_name and steps.next_state = further.state
        where steps.what = 'steps'
    ) as summed
    group by summed.what, summed.chain_name, summed.state, summed.next_state
    having summed.what = 'visits' or {{ exact_sum('summed.amount') }} > 0
{%- endmacro %}
