"""The analyses run on a built warehouse and agree with other queries of the same facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.project.night.nights import BUILT, PROJECT, Told, rows

NAMES = sorted(path.stem for path in (PROJECT / "analyses").glob("*.sql"))
Row = dict[str, Any]


@dataclass(frozen=True)
class Answers:
    """The compiled analyses, to be asked of a warehouse."""

    compiled: Path
    database: Path

    def sql(self, name: str) -> str:
        """An analysis as dbt compiled it."""
        folder = self.compiled / "target" / "compiled" / "customer360" / "analyses"
        return (folder / f"{name}.sql").read_text()

    def of(self, query: str) -> list[Row]:
        """The rows of a query, by column."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            found = connection.execute(query)
            columns = [column for column, *_ in found.description]
            return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def total(self, name: str, *columns: str) -> tuple[Any, ...]:
        """Sums of columns of an analysis."""
        answer = self.of(self.sql(name))
        return tuple(sum(row[column] for row in answer) for column in columns)

    def plainly(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query that says the same in another way."""
        return rows(self.database, query)


@pytest.fixture(scope="module")
def answers(compiled: Path, published: Told) -> Answers:
    return Answers(compiled, published.root / BUILT)


@pytest.mark.parametrize("name", NAMES)
def test_an_analysis_answers_in_the_columns_that_it_describes(name: str, answers: Answers) -> None:
    manifest = json.loads((answers.compiled / "target" / "manifest.json").read_text())
    described = manifest["nodes"][f"analysis.customer360.{name}"]["columns"].values()

    answer = answers.of(answers.sql(name))

    assert answer
    assert list(answer[0]) == [column["name"] for column in described]
    assert all(column["description"] for column in described)


def test_channels_earn_what_orders_earn_and_cost_what_ads_cost(answers: Answers) -> None:
    earned = answers.plainly("select sum(net_revenue) from marts.orders where not is_credit_note")
    spent = answers.plainly("select sum(spend) from marts.ad_days")

    spend, revenue = answers.total("which_channels_pay_back", "spend", "attributed_revenue")

    assert revenue == earned[0][0]
    assert float(spend) == pytest.approx(float(spent[0][0]), abs=0.02)


def test_a_channel_returns_by_each_model_what_it_is_credited_with(answers: Answers) -> None:
    credited = {
        (channel, model): revenue
        for channel, model, revenue in answers.plainly(
            "select channel, attribution_model, sum(credited_revenue) "
            "from marts.attribution_credits where conversion_kind = 'order' group by all"
        )
    }
    paid = [row for row in answers.of(answers.sql("which_channels_pay_back")) if row["spend"]]

    compared = [
        (row[f"{model}_return"], credited.get((row["channel"], model), 0) / row["spend"])
        for row in paid
        for model in ("first_touch", "last_touch", "linear", "time_decay", "markov", "shapley")
    ]

    assert [float(told) for told, _ in compared] == pytest.approx(
        [float(plain) for _, plain in compared], abs=0.006
    )
    assert len({told for told, _ in compared}) > 6


def test_new_customers_are_first_orders_whatever_channel_they_came_by(answers: Answers) -> None:
    plain = answers.plainly(
        "select count(*), sum(net_revenue) from marts.orders where customer_order_number = 1"
    )

    answer = answers.of(answers.sql("where_do_new_customers_come_from"))
    count = sum(row["new_customer_count"] for row in answer)
    revenue = sum(row["new_customer_count"] * row["average_first_order_revenue"] for row in answer)

    assert count == plain[0][0]
    assert float(revenue) == pytest.approx(float(plain[0][1]), abs=0.005 * count)


def test_new_customers_are_worth_what_they_bought_in_time(answers: Answers) -> None:
    # no customer of so young a world bought 90 days ago; 20 days are the same question
    query = answers.sql("where_do_new_customers_come_from").replace("90", "20")
    plain = dict(
        answers.plainly(
            """
            with buyers as (
                select *, min(case when customer_order_number = 1 then order_date end)
                    over (partition by customer_id) as born
                from marts.orders where is_counted
            )
            select
                coalesce(acquisition_channel, 'unknown'),
                sum(buyers.net_revenue) filter (where order_date between born and born + 19)
                    / count(distinct customer_id)
            from buyers inner join marts.customer_360 using (customer_id)
            where born + 20 <= as_of_date group by 1
            """
        )
    )

    told = {row["acquisition_channel"]: row["worth_after_20_days"] for row in answers.of(query)}

    assert {c: float(worth) for c, worth in told.items() if worth is not None} == pytest.approx(
        plain, abs=0.006
    )
    assert len(plain) > 3


def test_the_best_at_risk_are_those_of_customer_360(answers: Answers) -> None:
    plain = answers.plainly(
        "select count(*), sum(net_revenue), count(*) filter (where is_reachable_by_email) "
        "from marts.customer_360 where rfm_monetary_score > 3 and rfm_recency_score < 3"
    )

    told = answers.total(
        "which_best_customers_are_at_risk",
        *("customer_count", "net_revenue", "reachable_by_email_count"),
    )

    assert [told] == plain


def test_new_and_repeat_revenue_and_credit_notes_are_all_revenue(answers: Answers) -> None:
    plain = answers.plainly("select sum(net_revenue) from marts.orders")
    new = answers.plainly("select count(*) from marts.customer_360 where order_count > 0")

    parts = answers.total(
        "what_do_repeat_buyers_bring", "new_revenue", "repeat_revenue", "credit_note_revenue"
    )

    assert sum(parts) == plain[0][0]
    assert all(parts)
    assert answers.total("what_do_repeat_buyers_bring", "new_customer_count") == new[0]


def test_campaigns_without_orders_are_those_that_no_credit_names(answers: Answers) -> None:
    # a link without utm_campaign credits no campaign, so names are enough to tell
    plain = answers.plainly(
        """
        with credits as (
            select platform || ':' || campaign_name as campaign, sum(conversion_count) as orders
            from marts.attribution_campaigns
            where attribution_model = 'last_non_direct' and conversion_kind = 'order'
            group by 1
        )
        select platform, round(sum(spend), 2), sum(clicks)
        from marts.ad_days
        where platform || ':' || campaign_name not in (
            select campaign from credits where orders >= 1 and campaign is not null
        )
        group by platform, campaign_name order by 2 desc
        """
    )

    told = answers.of(answers.sql("which_campaigns_spend_without_orders"))

    assert [(row["platform"], row["spend"], row["clicks"]) for row in told] == plain


def test_platforms_claim_and_cost_what_their_reports_say(answers: Answers) -> None:
    plain = answers.plainly(
        "select sum(platform_conversions), sum(platform_conversion_value), sum(spend) "
        "from marts.ad_days"
    )

    told = answers.total(
        "how_much_do_platforms_over_claim",
        *("platform_conversions", "platform_conversion_value", "spend"),
    )

    assert [float(t) for t in told] == pytest.approx([float(p) for p in plain[0]], abs=0.05)


def test_no_session_and_no_order_is_lost_on_the_way(answers: Answers) -> None:
    plain = answers.plainly(
        "select count(*), count(*) filter (where net_revenue > 0 or order_count > 0) "
        "from marts.sessions"
    )

    assert [answers.total("where_are_visitors_lost", "session_count", "order_count")] == plain


def test_messages_earn_each_order_once_a_campaign(answers: Answers) -> None:
    plain = answers.plainly(
        """
        with claims as (
            select distinct m.channel, m.campaign_name, orders.order_id, orders.net_revenue
            from marts.messages as m
            inner join marts.orders on orders.order_id = m.converted_order_id
        )
        select
            count(*),
            sum(net_revenue),
            (select count(delivered_at) from marts.messages where is_delivered),
            (select count(*) from marts.messages
             where unsubscribed_at is not null or complained_at is not null)
        from claims
        """
    )

    told = answers.total(
        "which_messages_earn_or_burn",
        *("order_count", "net_revenue", "delivered_count", "refused_count"),
    )

    assert [told] == plain
    assert all(told)


def test_first_purchases_bring_back_whom_customer_360_knows_twice(answers: Answers) -> None:
    plain = answers.plainly(
        """
        select
            coalesce(category, '(none)'),
            count(distinct customer_id),
            count(distinct customer_id) filter (where customer_360.order_count > 1)
        from marts.order_lines
        inner join marts.orders using (order_id, customer_id)
        inner join marts.customer_360 using (customer_id)
        where customer_order_number = 1
        group by 1 order by 2 desc, 1
        """
    )

    told = answers.of(answers.sql("which_first_purchases_bring_people_back"))

    assert [(row["category"], row["buyer_count"], row["returned_count"]) for row in told] == plain
    assert sum(row["returned_count"] for row in told) > 0
    assert all(
        row["average_days_to_second_order"] is None or row["average_days_to_second_order"] >= 0
        for row in told
    )


def test_segments_end_in_those_of_today_by_their_changes(answers: Answers) -> None:
    today = answers.plainly(
        "select rfm_segment_name, customer_count from marts.rfm_segments where customer_count > 0"
    )
    sizes: dict[str, int] = {}
    for row in answers.of(answers.sql("which_segments_grow_or_shrink")):
        name, change = row["rfm_segment_name"], row["customer_count_change"]
        sizes[name] = sizes.get(name, 0) + (row["customer_count"] if change is None else change)

    assert {name: size for name, size in sizes.items() if size} == dict(today)
