{%- set fields = [
    'source', 'source_category', 'medium', 'campaign', 'click_id_kind', 'referrer_host',
] -%}
with

sessions as (

    select * from {{ ref('int_sessions_aggregated') }}

),

known_sources as (

    select * from {{ ref('traffic_sources') }}

),

rules as (

    select * from {{ ref('channel_rules') }}

),

traffic as (

    select
        traffic_id,
        coalesce(lower(min(utm_source)), '') as source,
        coalesce(lower(min(utm_medium)), '') as medium,
        coalesce(lower(min(utm_campaign)), '') as campaign,
        coalesce(min(click_id_kind), '') as click_id_kind,
        coalesce(min(referrer_host), '') as referrer_host
    from sessions
    group by traffic_id

),

-- without a tag it is the page before that tells where the visit came from
origins as (

    select
        *,
        case when source = '' then referrer_host else source end as origin
    from traffic

),

distinct_origins as (

    select distinct
        origin,
        '.' || {{ host_name('origin') }} as dotted_name
    from origins

),

-- the longest known name says most: mail.google is not google
categorised as (

    select
        distinct_origins.origin,
        max_by(known_sources.source_category, length(known_sources.source)) as source_category
    from distinct_origins
    inner join known_sources
        on distinct_origins.origin = known_sources.source
        or right(distinct_origins.dotted_name, length(known_sources.source) + 1)
        = '.' || known_sources.source
    group by distinct_origins.origin

),

described as (

    select
        origins.*,
        coalesce(categorised.source_category, '') as source_category
    from origins
    left join categorised on origins.origin = categorised.origin

),

traffic_values as (

    {% for field in fields %}
        {% if not loop.first %}union all{% endif %}
        select
            traffic_id,
            '{{ field }}' as traffic_field,
            {{ field }} as field_value
        from described
    {% endfor %}

),

conditions as (

    {% for field in fields %}
        {% if not loop.first %}union all{% endif %}
        select
            priority,
            '{{ field }}' as traffic_field,
            {{ field }}_pattern as pattern
        from rules
        where {{ field }}_pattern is not null
    {% endfor %}

),

conditions_by_rule as (

    select
        priority,
        count(*) as condition_count
    from conditions
    group by priority

),

distinct_values as (

    select distinct
        traffic_field,
        field_value
    from traffic_values

),

-- a value is judged once, however much traffic shares it
conditions_met as (

    select
        distinct_values.traffic_field,
        distinct_values.field_value,
        conditions.priority
    from distinct_values
    inner join conditions on distinct_values.traffic_field = conditions.traffic_field
    where {{ matches_column('distinct_values.field_value', 'conditions.pattern') }}

),

met_by_rule as (

    select
        traffic_values.traffic_id,
        conditions_met.priority,
        count(*) as met_count
    from traffic_values
    inner join conditions_met
        on traffic_values.traffic_field = conditions_met.traffic_field
        and traffic_values.field_value = conditions_met.field_value
    group by traffic_values.traffic_id, conditions_met.priority

),

first_rules as (

    select
        met_by_rule.traffic_id,
        min(met_by_rule.priority) as priority
    from met_by_rule
    inner join conditions_by_rule
        on met_by_rule.priority = conditions_by_rule.priority
        and met_by_rule.met_count = conditions_by_rule.condition_count
    group by met_by_rule.traffic_id

),

named as (

    select
        described.traffic_id,
        described.source_category,
        coalesce(rules.channel, 'Unassigned') as channel,
        rules.priority
    from described
    left join first_rules on described.traffic_id = first_rules.traffic_id
    left join rules on first_rules.priority = rules.priority

)

select * from named
