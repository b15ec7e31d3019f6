with

cohort_months as (

    select * from {{ ref('int_cohort_months_accumulated') }}

),

ad_days as (

    select * from {{ ref('ad_days') }}

),

campaigns as (

    select * from {{ ref('int_campaigns_listed') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

spent as (

    select
        campaigns.channel,
        cast({{ dbt.date_trunc('month', 'ad_days.ad_date') }} as date) as month_date,
        sum(ad_days.spend) as spend
    from ad_days
    inner join campaigns
        on ad_days.platform = campaigns.platform
        and ad_days.account_id = campaigns.account_id
        and coalesce(ad_days.campaign_id, ad_days.campaign_name)
        is not distinct from campaigns.campaign_id
    group by
        campaigns.channel, cast({{ dbt.date_trunc('month', 'ad_days.ad_date') }} as date)

),

-- what was spent without a new customer has an age of 0 only
joined as (

    select
        coalesce(cohort_months.channel, spent.channel) as channel,
        coalesce(cohort_months.age_months, 0) as age_months,
        coalesce(cohort_months.customer_count, 0) as customer_count,
        coalesce(cohort_months.active_customer_count, 0) as active_customer_count,
        coalesce(cohort_months.retained_customer_count, 0) as retained_customer_count,
        coalesce(cohort_months.order_count, 0) as order_count,
        coalesce(cohort_months.known_margin_order_count, 0) as known_margin_order_count,
        coalesce(cohort_months.net_revenue, 0) as net_revenue,
        cohort_months.margin,
        coalesce(cohort_months.cumulative_net_revenue, 0) as cumulative_net_revenue,
        cohort_months.cumulative_margin,
        spent.spend as cohort_spend,
        coalesce(cohort_months.cohort_month_date, spent.month_date) as cohort_month_date,
        coalesce(cohort_months.month_date, spent.month_date) as month_date
    from cohort_months
    full outer join spent
        on cohort_months.channel = spent.channel
        and cohort_months.cohort_month_date = spent.month_date

),

paid_back as (

    select
        joined.*,
        case
            when joined.customer_count = 0 then null
            when joined.cumulative_margin is null then 'net_revenue'
            else 'margin'
        end as payback_basis,
        min(
            case
                when
                    joined.customer_count > 0
                    and joined.cohort_spend > 0
                    and coalesce(joined.cumulative_margin, joined.cumulative_net_revenue)
                    >= joined.cohort_spend
                    then joined.age_months
            end
        ) over (partition by joined.channel, joined.cohort_month_date) as payback_age_months,
        cast({{ dbt.last_day('joined.month_date', 'month') }} as date) > as_of.as_of_date
            as is_partial
    from joined
    cross join as_of

),

final as (

    select
        -- text
        channel,
        payback_basis,

        -- numbers
        cast(age_months as integer) as age_months,
        customer_count,
        active_customer_count,
        cast(retained_customer_count as bigint) as retained_customer_count,
        {{ ratio('active_customer_count', 'customer_count', 4) }} as active_rate,
        {{ ratio('retained_customer_count', 'customer_count', 4) }} as retention_rate,
        cast(order_count as bigint) as order_count,
        cast(known_margin_order_count as bigint) as known_margin_order_count,
        cast(net_revenue as decimal(18, 2)) as net_revenue,
        cast(margin as decimal(18, 2)) as margin,
        cast(cumulative_net_revenue as decimal(18, 2)) as cumulative_net_revenue,
        cast(cumulative_margin as decimal(18, 2)) as cumulative_margin,
        {{ ratio('cumulative_net_revenue', 'customer_count', 2) }} as lifetime_value,
        {{ ratio('cumulative_margin', 'customer_count', 2) }} as lifetime_margin,
        cast(case when age_months = 0 then coalesce(cohort_spend, 0) else 0 end as decimal(18, 6))
            as acquisition_spend,
        {{ ratio('cohort_spend', 'customer_count', 2) }} as customer_acquisition_cost,
        cast(payback_age_months as integer) as payback_age_months,

        -- booleans
        is_partial,

        -- dates
        cohort_month_date,
        month_date

    from paid_back

)

select * from final
