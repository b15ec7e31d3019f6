{%- set measures = {'channel_preference': 'channel', 'device_preference': 'device_type'} -%}
with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

identified as (

    select * from {{ ref('int_sessions_identified') }}
    where customer_id is not null

),

half_lives as (

    select * from {{ ref('half_lives') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

visits_by_day as (

    select
        identified.customer_id,
        identified.channel,
        sessions.device_type,
        {{ business_date('sessions.started_at') }} as visit_date,
        count(*) as visit_count
    from identified
    inner join sessions on identified.session_id = sessions.session_id
    group by
        identified.customer_id,
        identified.channel,
        sessions.device_type,
        {{ business_date('sessions.started_at') }}

),

choices as (

    {% for measure, column in measures.items() %}
        {% if not loop.first %}union all{% endif %}
        select
            customer_id,
            '{{ measure }}' as measure,
            {{ column }} as choice,
            visit_count,
            visit_date
        from visits_by_day
        where {{ column }} is not null
    {% endfor %}

),

-- visits of a day are counted before they are weighed, and a weight is a decimal
scored as (

    select
        choices.customer_id,
        choices.measure,
        choices.choice,
        sum(
            cast(choices.visit_count as decimal(18, 0))
            * {{ decay_weight(
                dbt.datediff('choices.visit_date', 'as_of.as_of_date', 'day'),
                'half_lives.half_life_days'
            ) }}
        ) as score
    from choices
    inner join half_lives on choices.measure = half_lives.measure
    cross join as_of
    group by choices.customer_id, choices.measure, choices.choice

),

ranked as (

    select
        *,
        sum(score) over (partition by customer_id, measure) as total_score,
        row_number() over (
            partition by customer_id, measure
            order by score desc, choice asc
        ) as choice_rank
    from scored
    where score > 0

),

shared as (

    select
        customer_id,
        measure,
        choice,
        {{ ratio('score', 'total_score', 4) }} as choice_share
    from ranked
    where choice_rank = 1

),

selected as (

    select
        customer_id,
        max(choice) filter (where measure = 'channel_preference') as preferred_channel,
        max(choice) filter (where measure = 'device_preference') as preferred_device_type,
        max(choice_share) filter (where measure = 'channel_preference')
            as preferred_channel_share,
        max(choice_share) filter (where measure = 'device_preference')
            as preferred_device_type_share
    from shared
    group by customer_id

)

select * from selected
