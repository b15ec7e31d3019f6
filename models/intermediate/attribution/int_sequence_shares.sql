{%- set models = attribution_model_names() | reject('equalto', 'time_decay') | list -%}
with

weights as (

    select * from {{ ref('int_sequence_weights') }}

),

accumulated as (

    select
        {% for model in models -%}
            {{ model }}_weight,
            sum({{ model }}_weight) over (
                partition by sequence_number
                order by touch_position
                rows between unbounded preceding and current row
            ) as {{ model }}_so_far,
            sum({{ model }}_weight) over (partition by sequence_number) as {{ model }}_total,
        {% endfor -%}
        sequence_number,
        touch_position,
        is_last
    from weights

),

-- of 1 in all, what has been given away before a touch and after it
given as (

    select
        {% for model in models -%}
            {{ share_before(model) }} as {{ model }}_before,
            {{ share_after(model) }} as {{ model }}_after,
        {% endfor -%}
        sequence_number,
        touch_position
    from accumulated

),

shares as (

    select
        *,
        {% for model in models -%}
            {{ credit_between(model) }} as {{ model }}_credit
            {%- if not loop.last %},{% endif %}
        {% endfor -%}
    from given

)

select * from shares
