"""What is expected of the marts of journeys and growth, as data, as in `marts`."""

from __future__ import annotations

from pipelines.checks.declare import Suite, at_least, at_most
from pipelines.checks.marts import ROUNDING, MartSuite

LARGEST_SKIPPED_SHARE = 0.3  # where more pass a step unseen, its event is not tracked any more

FUNNELS = MartSuite(
    marts=("funnel_steps",),
    suite=Suite(
        name="funnel_steps",
        table="marts.funnel_steps",
        frame="""
            with steps as (
                select sum(skipped_count) / sum(reached_count) as skipped_share
                from marts.funnel_steps
                group by funnel, step_number
            )
            select
                (select coalesce(max(skipped_share), 0) from steps) as largest_skipped_share,
                (
                    select coalesce(min(median_seconds_to_next), 0) from marts.funnel_steps
                ) as least_seconds,
                (
                    select count(*) from marts.funnel_steps as steps
                    cross join intermediate.int_as_of as clock
                    where steps.funnel_date > clock.as_of_date + 1
                ) as future_count
        """,
        checks=(
            at_least("least_seconds", 0, "nobody takes a step before the one ahead of it"),
            at_most("future_count", 0, "no visit or customer comes after the day of the marts"),
            at_most(
                "largest_skipped_share",
                LARGEST_SKIPPED_SHARE,
                f"each step's event is seen for all but {LARGEST_SKIPPED_SHARE:.0%} who pass it",
                "warning",
            ),
        ),
    ),
)

COHORTS = MartSuite(
    marts=("cohort_months",),
    suite=Suite(
        name="cohort_months",
        table="marts.cohort_months",
        frame="""
            select
                coalesce(max(greatest(active_rate, retention_rate)), 0) as largest_rate,
                coalesce(min(acquisition_spend), 0) as least_spend,
                count(*) filter (where payback_age_months < 0) as early_payback_count,
                count(*) filter (where month_date > clock.as_of_date + 1) as future_count
            from marts.cohort_months
            cross join intermediate.int_as_of as clock
        """,
        checks=(
            at_most("largest_rate", 1, "no more customers stay than a cohort has"),
            at_least("least_spend", 0, "nobody is paid for acquiring customers"),
            at_most("early_payback_count", 0, "no cohort is paid back before it is there"),
            at_most("future_count", 0, "no cohort is older than the day of the marts"),
        ),
    ),
)

TOUCHPOINTS = MartSuite(
    marts=("touchpoint_kpis",),
    suite=Suite(
        name="touchpoint_kpis",
        table="marts.touchpoint_kpis",
        frame="""
            select
                coalesce(min(least(interaction_count, time_spent_seconds)), 0) as least_count,
                count(*) filter (where month_date > clock.as_of_date) as future_count
            from marts.touchpoint_kpis
            cross join intermediate.int_as_of as clock
        """,
        checks=(
            at_least("least_count", 0, "nobody did less than nothing at a touchpoint"),
            at_most("future_count", 0, "no touchpoint has a month after the day of the marts"),
        ),
    ),
)

TRANSITIONS = MartSuite(
    marts=("journey_transitions",),
    suite=Suite(
        name="journey_transitions",
        table="marts.journey_transitions",
        frame="""
            with stations as (
                select from_station, sum(transition_rate) as whole_rate
                from marts.journey_transitions
                group by from_station
            )
            select
                (
                    select coalesce(max(abs(whole_rate - 1)), 0) from stations
                ) as rate_difference,
                coalesce(min(median_seconds_between), 0) as least_seconds,
                count(*) filter (where to_station = '(start)' or from_station = '(end)')
                    as backward_count
            from marts.journey_transitions
        """,
        checks=(
            at_most("rate_difference", ROUNDING, "rates of leaving a station make one"),
            at_least("least_seconds", 0, "nobody arrives before leaving"),
            at_most("backward_count", 0, "no journey comes to its start or leaves its end"),
        ),
    ),
)

SUITES = (FUNNELS, COHORTS, TOUCHPOINTS, TRANSITIONS)
