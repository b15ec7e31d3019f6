"""What is expected of single marts, as data. A suite counts when dbt built the marts it reads."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.checks.declare import Suite, adds_up_to, at_least, at_most, equal, filled, only

SCORES = (1, 2, 3, 4, 5)
ROUNDING = 0.01  # shares are rounded to four digits, segment by segment
LARGEST_SEGMENT_SHARE = 0.9
LARGEST_STAGE_SHARE = 0.98  # prospects may be very many
OLDEST_AGE = 115
LONGEST_SESSION_HOURS = 24
LARGEST_UNASSIGNED_SHARE = 0.2
LARGEST_BOUNCED_SHARE = 0.2  # a list so bad is about to be blocked by the mailbox providers
LARGEST_EARLY_SHARE = 0.01  # vendors' clocks differ by seconds
LARGEST_CHANGED_SHARE = 0.1  # of a night's customers; more are a new source or a wrong guard


@dataclass(frozen=True)
class MartSuite:
    """A suite and the marts without which it cannot be measured."""

    marts: tuple[str, ...]
    suite: Suite


CUSTOMERS = MartSuite(
    marts=("customer_360",),
    suite=Suite(
        name="customers",
        table="marts.customer_360",
        frame="""
            select
                count(*) - count(distinct customer_id) as repeated_id_count,
                count(*) filter (where order_count < 0) as negative_order_count,
                count(*) filter (where last_ordered_at < first_ordered_at) as backward_count,
                count(*) filter (
                    where complaint_conversation_count > conversation_count
                    or recent_conversation_count > conversation_count
                    or attended_event_count > registered_event_count
                ) as overcounted_count,
                count(*) filter (where acquisition_date > cast(first_visited_at as date) + 1)
                    as late_acquisition_count,
                count(*) filter (where acquisition_channel is null and order_count > 0)
                    as unacquired_buyer_count,
                coalesce(max(age), 0) as highest_age,
                coalesce(
                    avg(cast(contains(email, '@') as integer)) filter (where email is not null), 1
                ) as email_share
            from marts.customer_360
        """,
        checks=(
            at_most("repeated_id_count", 0, "each customer is one row"),
            at_most("negative_order_count", 0, "nobody has fewer than no orders"),
            at_most("backward_count", 0, "nobody's last order precedes the first"),
            at_most("overcounted_count", 0, "no part of chats and events exceeds the whole"),
            at_most("late_acquisition_count", 0, "nobody is acquired after their first visit"),
            at_most("unacquired_buyer_count", 0, "whoever ordered was acquired somehow"),
            at_least("email_share", 1, "every e-mail address has an @"),
            at_most("highest_age", OLDEST_AGE, f"nobody is older than {OLDEST_AGE}", "warning"),
        ),
    ),
)

REVENUE = MartSuite(
    marts=("customer_360", "orders"),
    suite=Suite(
        name="revenue",
        table="marts.orders",
        frame="""
            select * from (
                select
                    cast(coalesce(sum(net_revenue), 0) * 100 as bigint) as cents_in_orders,
                    count(*) filter (where is_counted and net_revenue is null)
                        as unconverted_order_count
                from marts.orders
            ) cross join (
                select cast(coalesce(sum(net_revenue), 0) * 100 as bigint) as cents_in_customers
                from marts.customer_360
            ) cross join (
                select count(*) filter (
                    where orders.order_date > clock.as_of_date + 1
                ) as future_order_count
                from marts.orders as orders
                cross join intermediate.int_as_of as clock
            )
        """,
        checks=(
            equal(
                "cents_in_orders",
                "cents_in_customers",
                "customers earned what the orders say, to the cent",
            ),
            at_most("unconverted_order_count", 0, "every order's day has an exchange rate"),
            at_most("future_order_count", 0, "no order lies after the day of the marts"),
        ),
    ),
)

IDENTITIES = MartSuite(
    marts=("identity_changes", "customer_360"),
    suite=Suite(
        name="identity_changes",
        table="marts.identity_changes",
        frame="""
            with last_night as (
                select count(distinct former_customer_id) as customer_count
                from marts.identity_changes
                where changed_on = (select as_of_date from intermediate.int_as_of)
            )
            select
                count(*) filter (where record_count < 1) as empty_count,
                count(*) filter (where former_customer_id = customer_id) as idle_count,
                count(*) filter (where changed_on > clock.as_of_date) as future_count,
                (select customer_count from last_night)
                / greatest((select count(*) from marts.customer_360), 1) as changed_share
            from marts.identity_changes
            cross join intermediate.int_as_of as clock
        """,
        checks=(
            at_most("empty_count", 0, "each merge and split is of a record"),
            at_most("idle_count", 0, "nobody is merged into or split off from themselves"),
            at_most("future_count", 0, "no merge or split lies after the day of the marts"),
            at_most(
                "changed_share",
                LARGEST_CHANGED_SHARE,
                f"at most {LARGEST_CHANGED_SHARE:.0%} of the customers merge or split in a night",
                "warning",
            ),
        ),
    ),
)

SCORED = MartSuite(
    marts=("customer_rfm",),
    suite=Suite(
        name="rfm_scores",
        table="marts.customer_rfm",
        frame="""
            select distinct 'recency' as kind, recency_score as score from marts.customer_rfm
            union all
            select distinct 'frequency', frequency_score from marts.customer_rfm
            union all
            select distinct 'monetary', monetary_score from marts.customer_rfm
        """,
        checks=(
            only("score", SCORES, "scores go from 1 to 5"),
            filled("score", "every score is there"),
        ),
    ),
)

SCORED_MONTHS = MartSuite(
    marts=("customer_rfm_months",),
    suite=Suite(
        name="rfm_months",
        table="marts.customer_rfm_months",
        frame="""
            select
                count(*) filter (
                    where least(recency_score, frequency_score, monetary_score) < 1
                    or greatest(recency_score, frequency_score, monetary_score) > 5
                ) as strange_score_count,
                count(*) filter (where months.recency_days < 0) as future_order_count,
                count(*) filter (where months.as_of_date > clock.as_of_date) as future_month_count
            from marts.customer_rfm_months as months
            cross join intermediate.int_as_of as clock
        """,
        checks=(
            at_most("strange_score_count", 0, "scores of past months go from 1 to 5"),
            at_most("future_order_count", 0, "nobody's last order lies after the month"),
            at_most("future_month_count", 0, "no month ends after the day of the marts"),
        ),
    ),
)

LIFECYCLE = MartSuite(
    marts=("customer_months", "lifecycle_transitions"),
    suite=Suite(
        name="lifecycle",
        table="marts.customer_months",
        frame="""
            with rates as (
                select sum(transition_rate) as whole_rate
                from marts.lifecycle_transitions
                where from_stage <> 'none'
                group by from_stage, month_date
            ),
            stages as (
                select lifecycle_stage, count(*) as customer_count
                from marts.customer_months
                where as_of_date = (select as_of_date from intermediate.int_as_of)
                group by lifecycle_stage
            )
            select
                (select coalesce(max(abs(whole_rate - 1)), 0) from rates) as rate_difference,
                (select coalesce(max(customer_count) / sum(customer_count), 0) from stages)
                    as largest_share,
                (select count(*) from marts.customer_months where order_count < 0)
                    as negative_order_count,
                (
                    select count(*) from marts.customer_months as months
                    cross join intermediate.int_as_of as clock
                    where months.as_of_date > clock.as_of_date
                ) as future_count
        """,
        checks=(
            at_most("rate_difference", ROUNDING, "rates of leaving or keeping a stage make one"),
            at_most("negative_order_count", 0, "nobody ordered less than nothing in a month"),
            at_most("future_count", 0, "no customer has a month after the day of the marts"),
            at_most(
                "largest_share",
                LARGEST_STAGE_SHARE,
                f"no stage of life holds over {LARGEST_STAGE_SHARE:.0%} of the customers",
                "warning",
            ),
        ),
    ),
)

SEGMENTS = MartSuite(
    marts=("rfm_segments",),
    suite=Suite(
        name="rfm_segments",
        table="marts.rfm_segments",
        frame="""
            select
                coalesce(sum(customer_share), 1) as whole_share,
                coalesce(max(customer_share), 0) as largest_share,
                count(*) - count(distinct rfm_segment_name) as repeated_name_count
            from marts.rfm_segments
        """,
        checks=(
            adds_up_to("whole_share", 1 - ROUNDING, 1 + ROUNDING, "shares add up to one"),
            at_most("repeated_name_count", 0, "each segment is one row"),
            at_most(
                "largest_share",
                LARGEST_SEGMENT_SHARE,
                f"no segment holds over {LARGEST_SEGMENT_SHARE:.0%} of the customers",
                "warning",
            ),
        ),
    ),
)

SPEND = MartSuite(
    marts=("ad_days",),
    suite=Suite(
        name="ad_days",
        table="marts.ad_days",
        frame="""
            select
                count(*) filter (where spend < 0 or impressions < 0 or clicks < 0)
                    as negative_count,
                count(*) filter (where ad_date > clock.as_of_date + 1) as future_count
            from marts.ad_days
            cross join intermediate.int_as_of as clock
        """,
        checks=(
            at_most("negative_count", 0, "no day has negative spend, impressions or clicks"),
            at_most("future_count", 0, "no ad day lies after the day of the marts"),
        ),
    ),
)

MESSAGES = MartSuite(
    marts=("messages",),
    suite=Suite(
        name="messages",
        table="marts.messages",
        frame="""
            select
                count(*) filter (where event_count <= 0) as empty_count,
                count(*) filter (where sent_date > clock.as_of_date + 1) as future_count,
                count(*) filter (where converted_at < clicked_at) as backward_count,
                coalesce(avg(cast(message_state = 'bounced' as integer)), 0) as bounced_share,
                coalesce(avg(cast(
                    coalesce(opened_at, clicked_at) < sent_at as integer
                )), 0) as early_share
            from marts.messages
            cross join intermediate.int_as_of as clock
        """,
        checks=(
            at_most("empty_count", 0, "something happened to each message"),
            at_most("future_count", 0, "no message lies after the day of the marts"),
            at_most("backward_count", 0, "no message claims an order before its first click"),
            at_most(
                "bounced_share",
                LARGEST_BOUNCED_SHARE,
                f"at most {LARGEST_BOUNCED_SHARE:.0%} of the messages bounce",
                "warning",
            ),
            at_most(
                "early_share",
                LARGEST_EARLY_SHARE,
                f"at most {LARGEST_EARLY_SHARE:.0%} of the opens and clicks precede the send",
                "warning",
            ),
        ),
    ),
)

VISITS = MartSuite(
    marts=("sessions",),
    suite=Suite(
        name="sessions",
        table="marts.sessions",
        frame="""
            select
                count(*) filter (where session_date > clock.as_of_date + 1) as future_count,
                coalesce(max(duration_seconds), 0) / 3600 as longest_hours,
                coalesce(avg(cast(channel = 'Unassigned' as integer)), 0) as unassigned_share
            from marts.sessions
            cross join intermediate.int_as_of as clock
        """,
        checks=(
            at_most("future_count", 0, "no session lies after the day of the marts"),
            at_most(
                "longest_hours",
                LONGEST_SESSION_HOURS,
                f"nobody stays over {LONGEST_SESSION_HOURS} hours; a tracker names each its own",
                "warning",
            ),
            at_most(
                "unassigned_share",
                LARGEST_UNASSIGNED_SHARE,
                f"the rules know the channel of all but {LARGEST_UNASSIGNED_SHARE:.0%} of visits",
                "warning",
            ),
        ),
    ),
)

SUITES = (
    CUSTOMERS,
    REVENUE,
    IDENTITIES,
    SCORED,
    SCORED_MONTHS,
    LIFECYCLE,
    SEGMENTS,
    SPEND,
    MESSAGES,
    VISITS,
)
