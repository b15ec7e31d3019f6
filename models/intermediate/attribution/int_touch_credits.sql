{%- set models = attribution_model_names() -%}
{%- set positional = models | select('in', ['position_based', 'w_shaped']) | list -%}
{%- set of_sequences = models | select('in', ['shapley', 'fractribution']) | list -%}
{%- set given_whole = ['first_touch', 'last_touch', 'last_non_direct'] -%}
{%- set weighed = models | reject('in', given_whole + ['linear']) | list -%}
{%- set shares = ['first_share', 'lead_share', 'last_share', 'middle_share'] -%}
with

conversions as (

    select * from {{ ref('int_conversions_windowed') }}

),

journeys as (

    select * from {{ ref('int_journeys') }}

),

touches as (

    select * from {{ ref('int_conversion_touches') }}

),

channels as (

    select * from {{ ref('int_attribution_channels') }}

),

kinds as (

    select * from {{ ref('int_conversion_kinds_numbered') }}

),

removals as (

    select
        kinds.kind_number,
        channels.channel_number,
        round(1e9 * removals.removal_effect) as markov_weight
    from {{ ref('int_markov_removals') }} as removals
    inner join kinds on removals.conversion_kind = kinds.conversion_kind
    inner join channels on removals.channel = channels.channel

),

sequences as (

    select * from {{ ref('int_journeys_sequenced') }}
    where is_converted

),

sequence_weights as (

    select * from {{ ref('int_sequence_weights') }}

),

parameters as (

    select
        {% for model in positional -%}
            {% for share in shares -%}
                max({{ share }}) filter (
                    where attribution_model = '{{ model }}'
                ) as {{ model }}_{{ share }},
            {% endfor -%}
        {% endfor -%}
        max(half_life_days) filter (where attribution_model = 'time_decay') as half_life_days
    from {{ ref('attribution_models') }}

),

described as (

    select
        *,
        touch_position = 1 as is_first,
        touch_position = touch_count as is_last,
        coalesce(touch_position = lead_position, false) as is_lead,
        coalesce(lead_position between 2 and touch_count - 1, false) as has_lead_between,
        touch_count - case when touch_count > 1 then 2 else 1 end as between_count
    from touches

),

-- whole numbers: their sums are the same in any order
weighed as (

    select
        {% for model in positional -%}
            round(1e9 * ({{ position_share(model) }})) as {{ model }}_weight,
        {% endfor -%}
        {% for model in of_sequences -%}
            sequence_weights.{{ model }}_weight,
        {% endfor -%}
        {% if 'time_decay' in models -%}
            round(1e9 * power(
                0.5e0,
                cast(
                    {{ dbt.datediff('described.occurred_at', 'described.last_touch_at', 'second') }}
                    as double
                ) / 86400 / parameters.half_life_days
            )) as time_decay_weight,
        {% endif -%}
        {% if 'markov' in models -%}
            removals.markov_weight,
        {% endif -%}
        described.conversion_number,
        described.touch_number,
        described.channel_number,
        described.touch_position,
        described.touch_count,
        described.last_non_direct_position,
        described.revenue
    from described
    {% if 'markov' in models -%}
        inner join removals
            on described.kind_number = removals.kind_number
            and described.channel_number = removals.channel_number
    {% endif -%}
    {% if of_sequences -%}
        inner join sequences on described.conversion_number = sequences.journey_number
        inner join sequence_weights
            on sequences.sequence_number = sequence_weights.sequence_number
            and described.touch_position = sequence_weights.touch_position
    {% endif -%}
    cross join parameters

),

accumulated as (

    select
        {% for model in weighed -%}
            sum({{ model }}_weight) over (
                partition by conversion_number
                order by touch_position
                rows between unbounded preceding and current row
            ) as {{ model }}_so_far,
            sum({{ model }}_weight) over (partition by conversion_number) as {{ model }}_total,
        {% endfor -%}
        *
    from weighed

),

-- differences of rounded amounts add up to the whole, to the cent; of 17 digits, so that they have
-- 18 and fit into 64 bits
credited as (

    select
        {% for model in models -%}
            {{ share_of('1', model, credit_digits) }} as {{ model }}_credit,
            {{ share_of('revenue', model, cents) }} as {{ model }}_revenue,
        {% endfor -%}
        conversion_number,
        touch_number,
        channel_number,
        touch_position
    from accumulated

    union all

    select
        {% for model in models -%}
            cast(1 as decimal(10, 9)) as {{ model }}_credit,
            conversions.revenue as {{ model }}_revenue,
        {% endfor -%}
        conversions.conversion_number,
        null as touch_number,
        null as channel_number,
        null as touch_position
    from conversions
    left join journeys on conversions.conversion_number = journeys.conversion_number
    where journeys.conversion_number is null

)

select * from credited
