{%- set columns = [
    'email', 'phone', 'shop_customer_id', 'user_id', 'anonymous_id', 'device_id', 'push_token',
    'loyalty_card',
] -%}
with

-- imported for each column: all columns of what several steps read are written out before
contacts as (

    select * from {{ ref('int_contacts_observed') }}

),

web_contacts as (

    select * from {{ ref('int_contacts_observed') }}
    where source_system = 'web'

),

{% for column in columns %}
    contacts_with_{{ column }} as (

        select * from {{ ref('int_contacts_observed') }}
        where {{ column }} is not null

    ),
{% endfor %}

merged_records as (

    select * from {{ ref('int_merges_unioned') }}

),

browsers_matched as (

    select * from {{ ref('int_browsers_matched') }}

),

tokens_carried as (

    select * from {{ ref('int_tokens_carried') }}

),

buyers as (

    select distinct user_id
    from browsers_matched
    where user_id is not null and identifier_type in ('order_id', 'checkout_token')

),

message_recipients as (

    select
        *,
        own_identifier_type || ':' || own_identifier as source_record_id
    from {{ ref('int_message_recipients_observed') }}

),

denied as (

    select * from {{ ref('denied_identifiers') }}

),

-- each record observes itself, so that a record without any other identifier is somebody too
unioned as (

    select
        source_record_id,
        own_identifier_type as identifier_type,
        own_identifier as identifier,
        true as is_own,
        first_seen_at,
        last_seen_at
    from contacts

    union all

    {% for column in columns %}
        select
            source_record_id,
            '{{ column }}' as identifier_type,
            {{ column }} as identifier,
            false as is_own,
            first_seen_at,
            last_seen_at
        from contacts_with_{{ column }}

        union all
    {% endfor %}

    -- a person has several devices; their contact knows the last
    {% for column in ['device_id', 'push_token'] %}
        select
            source_record_id,
            '{{ column }}' as identifier_type,
            {{ column }} as identifier,
            false as is_own,
            first_seen_at,
            last_seen_at
        from message_recipients
        where {{ column }} is not null

        union all
    {% endfor %}

    select
        source_record_id,
        'anonymous_id' as identifier_type,
        anonymous_id as identifier,
        false as is_own,
        first_seen_at,
        last_seen_at
    from browsers_matched
    where anonymous_id is not null

    union all

    -- a tracker may still think of the last who signed in, so this links by name only
    select
        source_record_id,
        'order_user_id' as identifier_type,
        user_id as identifier,
        false as is_own,
        first_seen_at,
        last_seen_at
    from browsers_matched
    where user_id is not null and identifier_type in ('order_id', 'checkout_token')

    union all

    select
        web_contacts.source_record_id,
        'order_user_id' as identifier_type,
        web_contacts.user_id as identifier,
        false as is_own,
        web_contacts.first_seen_at,
        web_contacts.last_seen_at
    from web_contacts
    inner join buyers on web_contacts.user_id = buyers.user_id

    union all

    select
        source_record_id,
        identifier_type,
        identifier,
        false as is_own,
        first_seen_at,
        last_seen_at
    from tokens_carried

    union all

    select
        source_record_id,
        split_part(source_record_id, ':', 1) as identifier_type,
        substr(source_record_id, length(split_part(source_record_id, ':', 1)) + 2) as identifier,
        true as is_own,
        merged_at as first_seen_at,
        merged_at as last_seen_at
    from merged_records

    union all

    select
        source_record_id,
        identifier_type,
        identifier,
        false as is_own,
        merged_at as first_seen_at,
        merged_at as last_seen_at
    from merged_records

),

identifiers as (

    select
        source_record_id,
        identifier_type,
        identifier,
        identifier_type || ':' || identifier as identifier_key,
        lower(split_part(identifier, '@', 1)) as local_part,
        lower(split_part(identifier, '@', 2)) as domain,
        bool_or(is_own) as is_own,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from unioned
    group by source_record_id, identifier_type, identifier

),

judged as (

    select
        identifiers.source_record_id,
        identifiers.identifier_key,
        identifiers.identifier_type,
        identifiers.identifier,
        case
            when identifiers.is_own then null
            when identifiers.identifier like '%*%' then 'masked'
            when lower(identifiers.identifier) = 'null' then 'placeholder'
            when
                identifiers.identifier_type = 'phone'
                and replace(
                    substr(identifiers.identifier, 3), substr(identifiers.identifier, 3, 1), ''
                ) = ''
                then 'placeholder'
            else coalesce(denied_wholes.reason, denied_domains.reason, denied_local_parts.reason)
        end as denial_reason,
        identifiers.is_own,
        identifiers.first_seen_at,
        identifiers.last_seen_at
    from identifiers
    left join denied as denied_wholes
        on identifiers.identifier_type = denied_wholes.identifier_type
        and lower(identifiers.identifier) = denied_wholes.denied_value
        and denied_wholes.match_kind = 'whole'
    left join denied as denied_domains
        on identifiers.identifier_type = denied_domains.identifier_type
        and identifiers.domain = denied_domains.denied_value
        and denied_domains.match_kind = 'domain'
    left join denied as denied_local_parts
        on identifiers.identifier_type = denied_local_parts.identifier_type
        and identifiers.local_part = denied_local_parts.denied_value
        and denied_local_parts.match_kind = 'local_part'

)

select * from judged
