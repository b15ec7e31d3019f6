"""Each segment that is shipped: who is in it, and who just is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from .scratch import PROJECT
from .test_segments import Project, segments_project, shipped

TODAY = date(2026, 6, 30)
RFM_NAMES = {
    "champions": "Champions",
    "loyal_customers": "Loyal Customers",
    "potential_loyalists": "Potential Loyalists",
    "new_customers": "New Customers",
    "promising": "Promising",
    "need_attention": "Need Attention",
    "about_to_sleep": "About To Sleep",
    "at_risk": "At Risk",
    "cannot_lose_them": "Can't Lose Them",
    "hibernating": "Hibernating",
    "lost": "Lost",
}
Customer = dict[str, Any]
# one member, and what makes others of it who are no members
SHIPPED: dict[str, tuple[Customer, tuple[Customer, ...]]] = {
    **{
        name: ({"rfm_segment_name": title}, ({"rfm_segment_name": None},))
        for name, title in RFM_NAMES.items()
    },
    "vip_at_risk": (
        {"frequency_class": "VIP", "recency_class": "inactive"},
        ({"frequency_class": "loyal"}, {"recency_class": "active"}),
    ),
    "one_time_buyers_due_again": (
        {"order_count": 1, "days_since_last_order": 30, "is_reachable_by_email": True},
        (
            {"order_count": 2},
            {"days_since_last_order": 29},
            {"days_since_last_order": 91},
            {"is_reachable_by_email": False},
        ),
    ),
    "high_value_reachable_by_whatsapp": (
        {"rfm_monetary_score": 5, "is_reachable_by_whatsapp": True},
        ({"rfm_monetary_score": 4}, {"is_reachable_by_whatsapp": False}),
    ),
    "cart_abandoners": (
        {"abandoned_cart_at": "2026-06-23 00:00:00"},
        (
            {"abandoned_cart_at": "2026-06-22 23:59:59"},
            {"abandoned_cart_at": "2026-06-30 00:00:00"},
            {"abandoned_cart_at": None},
        ),
    ),
    "browsers_without_purchase": (
        {"last_visited_at": "2026-05-31 00:00:00", "categories_browsed_not_bought": ["Tea"]},
        (
            {"last_visited_at": "2026-05-30 23:59:59"},
            {"categories_browsed_not_bought": None},
        ),
    ),
    "new_visitors_with_strong_interest": (
        {
            "first_visited_at": "2026-06-16 00:00:00",
            "page_view_count": 5,
            "top_interest_share": 0.5,
            "order_count": 0,
        },
        (
            {"first_visited_at": "2026-06-15 23:59:59"},
            {"page_view_count": 4},
            {"top_interest_share": 0.49},
            {"order_count": 1},
        ),
    ),
    "never_opened_in_90_days": (
        {"recent_email_delivered_count": 3, "recent_email_opened_count": 0},
        ({"recent_email_delivered_count": 2}, {"recent_email_opened_count": 1}),
    ),
    "women_over_60_due_for_anti_age": (
        {
            "gender": "female",
            "age": 61,
            "bought_category_dates": {"Anti-Age": "2026-01-01", "Tea": "2026-06-01"},
        },
        (
            {"gender": "male"},
            {"age": 60},
            {"bought_category_dates": {"Anti-Age": "2026-02-01", "Tea": "2026-01-01"}},
            {"bought_category_dates": {"Anti-Age": "2025-12-01"}},
            {"bought_category_dates": {"Tea": "2026-01-01"}},
            {"bought_category_dates": None},
        ),
    ),
    "young_frequent_buyers_of_gifts": (
        {
            "age": 34,
            "frequency_class": "frequent",
            "browsed_categories": ["Gift Cards", "Tea"],
            "recent_conversation_count": 1,
        },
        (
            {"age": 35},
            {"frequency_class": "sporadic"},
            {"browsed_categories": ["Tea"]},
            {"browsed_categories": None},
            {"recent_conversation_count": 0},
        ),
    ),
    "discount_hunters": (
        {"order_count": 3, "discount_share": 0.2},
        ({"order_count": 2}, {"discount_share": 0.19}),
    ),
    "frequent_returners": (
        {"order_count": 2, "refund_rate": 0.3},
        ({"order_count": 1}, {"refund_rate": 0.29}),
    ),
}


def columns() -> dict[str, str]:
    """The columns of customer_360 with their types, but for those that the test's model makes."""
    text = (PROJECT / "models" / "marts" / "core" / "customer_360.yml").read_text()
    described = yaml.safe_load(text)["models"][0]["columns"]
    made = {"as_of_date", "segments"}
    return {c["name"]: c["data_type"] for c in described if c["name"] not in made}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A night with all of them: `x in` is in segment x, `x 0` and so on are not."""
    project = segments_project(tmp_path_factory.mktemp("shipped"), columns())
    people = [
        {"customer_id": f"{segment} {place}", "net_revenue": 1} | customer
        for segment, (member, others) in SHIPPED.items()
        for place, customer in [("in", member)]
        + [(str(number), member | other) for number, other in enumerate(others)]
    ]
    rows = (tuple(person.get(column) for column in project.columns) for person in people)
    built = project.night(TODAY, *rows)
    assert built.returncode == 0, built.stdout
    return project


def test_every_shipped_segment_is_tested() -> None:
    definitions = shipped()["models"][0]["config"]["meta"]["definitions"]

    assert {one["name"] for one in definitions} == set(SHIPPED)
    assert len(SHIPPED) >= 20


@pytest.mark.parametrize("segment", SHIPPED)
def test_a_shipped_segment_takes_whom_it_says_and_nobody_beside(
    project: Project, segment: str
) -> None:
    found = project.rows(
        f"select customer_id from marts.segment_members where segment_name = '{segment}' "
        f"and starts_with(customer_id, '{segment} ') order by 1"
    )

    assert found == [(f"{segment} in",)]
