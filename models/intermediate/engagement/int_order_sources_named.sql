with

orders as (

    select * from {{ ref('int_orders_unioned') }}

),

rules as (

    select * from {{ ref('order_channels') }}

),

order_sources as (

    select distinct coalesce(lower(source_name), '') as source_name
    from orders

),

first_rules as (

    select
        order_sources.source_name,
        min(rules.priority) as priority
    from order_sources
    inner join rules
        on {{ matches_column('order_sources.source_name', 'rules.source_name_pattern') }}
    group by order_sources.source_name

),

named as (

    select
        order_sources.source_name,
        coalesce(rules.channel, 'Unassigned') as channel
    from order_sources
    left join first_rules on order_sources.source_name = first_rules.source_name
    left join rules on first_rules.priority = rules.priority

)

select * from named
