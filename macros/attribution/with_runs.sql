{% macro with_runs(touches, journey) -%}
    neighboured as (

        select
            *,
            lag(channel) over (partition by {{ journey }} order by touch_number) as previous_channel,
            lead(channel) over (partition by {{ journey }} order by touch_number) as next_channel
        from {{ touches }}

    ),

    with_runs as (

        select
            *,
            sum(case when channel = previous_channel then 0 else 1 end) over (
                partition by {{ journey }}
                order by touch_number
                rows between unbounded preceding and current row
            ) as run_number
        from neighboured

    )
{%- endmacro %}
