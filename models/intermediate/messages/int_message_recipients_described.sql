with

observations as (

    select
        *,
        coalesce(cast(last_seen_at as string), '') as seen
    from {{ ref('int_message_recipients_observed') }}

),

-- a moment may have several values; the greatest of them is as good as any and always the same
recipients as (

    select
        own_identifier_type,
        own_identifier,
        source_system,
        {% for column in contact_columns() if column not in ('first_seen_at', 'last_seen_at') %}
            max_by({{ column }}, seen || ' ' || cast({{ column }} as string)) as {{ column }},
        {% endfor %}
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from observations
    group by own_identifier_type, own_identifier, source_system

)

select * from recipients
