"""A broken law stops the night: exit code 1, and readers see what they saw before."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from pipelines.dbt_build import Build, NodeResult
from pipelines.landing_run import LandingRun
from pipelines.load import land
from pipelines.nightly import nightly, real_steps
from pipelines.progress import Progress
from pipelines.summary import Landing, Summary
from pipelines.underway import Steps, Wish
from pipelines.variables import Variables
from pipelines.warehouse import Night
from tests.project.night import nights
from tests.project.night.nights import PUBLISHED, Told, night

ICELANDIC_REPORT = """Campaign report
"June 1, 2026 - June 30, 2026"
Day,Campaign,Currency code,Cost,Clicks,Impr.,Conversions
2026-06-29,Reykjavik,ISK,900.00,3,70,1.00
"""

# By the law's test: a mart, and the change to it that breaks the law there
BROKEN_LAWS = {
    "assert_files_account_for_their_rows": (
        "operations/load_files.sql",
        "        load_files.landed_row_count,\n",
        "        load_files.landed_row_count + 1 as landed_row_count,\n",
    ),
    "assert_every_line_is_kept": (
        "core/order_lines.sql",
        "    inner join orders on order_lines.order_id = orders.order_id\n",
        "    inner join orders on order_lines.order_id = orders.order_id and quantity > 1\n",
    ),
    "assert_orders_are_converted_at_their_day": (
        "core/orders.sql",
        "        cast(orders.net_revenue as decimal(18, 2)) as net_revenue,\n",
        "        cast(original_net_revenue as decimal(18, 2)) as net_revenue,\n",
    ),
    "assert_customer_revenue_is_order_revenue": (
        "core/customer_360.sql",
        "    left join customer_rfm on",
        "    inner join customer_rfm on customer_rfm.frequency_score > 1 and",
    ),
    "assert_one_person_once": (
        "core/customer_identifiers.sql",
        "        customer_id,\n",
        "        case when identifier_type = 'phone' then identifier else customer_id end\n"
        "            as customer_id,\n",
    ),
    "assert_monthly_revenue_is_order_revenue": (
        "journey/customer_months.sql",
        "    where is_listed\n",
        "    where is_listed and is_known\n",
    ),
    "assert_every_customer_goes_somewhere": (
        "journey/lifecycle_transitions.sql",
        "    from moves\n",
        "    from moves\n    where from_stage <> to_stage\n",
    ),
    "assert_ad_spend_is_conserved": (
        "engagement/ad_days.sql",
        "    from ad_days\n",
        "    from ad_days\n    where platform_conversions > 0\n",
    ),
}


def seen_by_readers(root: Path) -> tuple[Path, str]:
    """The night that is current, and the bytes of the file it publishes."""
    content = (root / PUBLISHED).read_bytes()
    return (root / "current").readlink(), sha256(content).hexdigest()


def stopped(exports: Path, root: Path, steps: Steps) -> Summary:
    """A night that readers must not notice."""
    before = seen_by_readers(root)
    wish = Wish(str(exports), root, nights.PROJECT, Variables())
    summary = nightly(wish, steps, Progress())
    assert seen_by_readers(root) == before
    assert summary.status == "red"
    return summary


def land_all_but_one_line(
    exports: str, database: Path, workspace: Path, run: LandingRun, progress: Progress
) -> Landing:
    landing = land(exports, database, workspace, run, progress)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "delete from raw_shopify.order_lines where _run_id = $1 and _line = "
            "(select max(_line) from raw_shopify.order_lines where _run_id = $1)",
            [run.run_id],
        )
    return landing


def test_an_order_line_lost_on_the_way_into_the_warehouse_is_red(
    world: Path, published: Told, tmp_path: Path
) -> None:
    sold = world / "exports" / "shopify" / "us" / "2026-06-30" / "orders_export_1.csv"
    exports = tmp_path / "exports" / "shopify" / "us"
    exports.mkdir(parents=True)
    (exports / "orders.csv").write_text(sold.read_text().replace("@example.", "@new.example."))
    lossy = replace(real_steps(), land=land_all_but_one_line)

    summary = stopped(tmp_path / "exports", nights.copy_of(published, tmp_path), lossy)

    assert len(summary.problems) == 1
    assert "as many rows landed as the ledger says" in summary.problems[0]


def count_a_customer_twice(
    night: Night, project: Path, variables: Variables, progress: Progress
) -> Build:
    """A build that dbt calls green."""
    del project, variables, progress
    with duckdb.connect(str(night.database)) as connection:
        connection.execute(
            "insert into marts.customer_360 from marts.customer_360 "
            "where net_revenue > 0 order by customer_id limit 1"
        )
    node = NodeResult("model.c.customer_360", "model", "customer_360", "success", 0.1, "")
    return Build((node,), frozenset({node.unique_id}))


def test_revenue_that_is_counted_twice_after_dbt_is_red(
    world: Path, published: Told, tmp_path: Path
) -> None:
    doubling = replace(real_steps(), build=count_a_customer_twice)

    summary = stopped(world / "exports", nights.copy_of(published, tmp_path), doubling)

    problems = "; ".join(summary.problems)
    assert "each customer is one row" in problems
    assert "customers earned what the orders say" in problems


@pytest.fixture(scope="module")
def broken(published: Told, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A night with a currency that has no rate, in a project in which every law is broken."""
    folder = tmp_path_factory.mktemp("broken")
    project = nights.copy_project(folder / "project")
    nights.leave_out(project, "unit_tests")  # they would see it first: the laws see it alone
    for mart, right, wrong in BROKEN_LAWS.values():
        nights.replace(project / "models" / "marts" / mart, right, wrong)
    exports = folder / "exports" / "google_ads" / "2026-06-30"
    exports.mkdir(parents=True)
    (exports / "Campaign report.csv").write_text(ICELANDIC_REPORT)
    return night(folder / "exports", nights.copy_of(published, folder), project)


def test_a_night_with_broken_laws_ends_with_one_and_changes_nothing(
    published: Told, broken: Told
) -> None:
    assert broken.ended.code == 1
    assert broken.summary["status"] == "red"
    assert seen_by_readers(broken.root) == seen_by_readers(published.root)


@pytest.mark.parametrize("law", [*BROKEN_LAWS, "assert_every_ad_day_has_an_exchange_rate"])
def test_each_broken_law_is_seen_by_its_test(broken: Told, law: str) -> None:
    problems = broken.summary["problems"]

    assert any(problem.startswith(f"test {law}: fail") for problem in problems), problems
