"""One real night over a small demo world, measured against what is true of that world."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from benchmarks import sessions
from benchmarks.identity_score import Score, score
from tests.project.night.nights import BUILT, PUBLISHED, Told, c360, rows, truth


@pytest.fixture(scope="module")
def identity(world: Path, published: Told) -> Score:
    return score(published.root / BUILT, world / "truth")


def contents(path: Path) -> list[set[str]]:
    """The hash of a file and, of an archive, those of the files inside it, which may be known."""
    packed = [{sha256(path.read_bytes()).hexdigest()}]
    if path.suffix != ".zip":
        return packed
    with zipfile.ZipFile(path) as archive:
        inside = {sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    return [*packed, inside]


def mart(told: Told, query: str) -> list[tuple[Any, ...]]:
    return rows(told.root / PUBLISHED, query)


# What the night says of itself


def test_a_green_night_ends_with_zero_and_says_so_everywhere(published: Told) -> None:
    run_id = published.summary["run_id"]

    assert published.ended.code == 0, published.ended.err
    assert published.summary["status"] == "published"
    assert published.summary["problems"] == []
    assert published.summary["as_of"] == "2026-06-30"
    assert (published.root / "current").readlink() == Path("nights") / run_id
    assert f"Published: {run_id}" in c360("status", "--warehouse", published.root).out


def test_the_summary_counts_the_marts_that_readers_open(published: Told) -> None:
    told = {m["name"]: m["row_count"] for m in published.summary["marts"]}

    found = {name: mart(published, f"select count(*) from {name}")[0][0] for name in told}

    assert told == found
    # the first night has none before it to tell merges and splits from
    assert [name for name, count in told.items() if not count] == ["identity_changes"]


# Law 1


def test_each_row_of_each_file_landed_was_rejected_or_was_skipped(published: Told) -> None:
    unaccounted = mart(
        published,
        "select file_path from load_files where load_status = 'landed' and file_row_count <> "
        "landed_row_count + rejected_row_count + skipped_row_count",
    )

    assert unaccounted == []


def test_the_ledger_counts_the_rows_that_lie_in_the_raw_tables(published: Told) -> None:
    database = published.root / BUILT
    ledger = rows(
        database,
        "select vendor, export_name, file_id, landed_row_count from raw_operations.load_files "
        "where status = 'landed' and landed_row_count > 0 order by all",
    )
    tables = sorted({entry[:2] for entry in ledger})

    found = [
        (vendor, name, *counted)
        for vendor, name in tables
        for counted in rows(
            database, f"select _file_id, count(*) from raw_{vendor}.{name} group by 1 order by 1"
        )
    ]

    assert found == ledger


def test_what_is_wrong_with_the_world_s_files_is_refused_or_rejected(
    world: Path, published: Told
) -> None:
    wrong = truth(
        world,
        "select path, is_refused, reject_count from files where is_refused or reject_count > 0 "
        "order by all",
    )

    found = mart(
        published,
        "select file_path, load_status = 'refused' as is_refused, "
        "cast(sum(rejected_row_count) as bigint) from load_files group by all "
        "having is_refused or sum(rejected_row_count) > 0 order by all",
    )

    assert found == wrong
    assert len(wrong) > 5


def test_every_other_file_of_the_world_landed(world: Path, published: Told) -> None:
    hashes = {
        stored
        for (stored,) in rows(
            published.root / BUILT,
            "select unnest([stored_sha256, sha256]) from raw_operations.load_files "
            "where status = 'landed'",
        )
    }
    sound = [path for (path,) in truth(world, "select path from files where not is_refused")]

    unlanded = [
        path
        for path in sound
        if not any(hashes.issuperset(content) for content in contents(world / "exports" / path))
    ]

    assert unlanded == []


# Law 4

IS_COUNTED = "from orders where not is_cancelled and not is_test and has_goods"
# A refund of the API says what it was for. A download does not: its money is goods, gift cards and
# the tax on top in proportion, and shipping only where all of it went back.
REFUNDED_WITH_TAX = """
    case
        when shop = 'square' or list_contains({itemized}, shop_order_id)
            then refunded_goods_with_tax_amount
        when refunded_amount = 0 then 0
        else least(
            cast(
                refunded_amount * goods_with_tax_amount / (total_amount - shipping_amount)
                as decimal(18, 2)
            ),
            goods_with_tax_amount
        )
    end
"""
REFUNDED = f"""
    coalesce(
        cast(
            ({REFUNDED_WITH_TAX}) * goods_amount / nullif(goods_with_tax_amount, 0)
            as decimal(18, 2)
        ),
        0
    )
"""


@pytest.fixture(scope="module")
def refunded(published: Told) -> str:
    """What was given back for goods, as a column of the truth's orders."""
    itemized = rows(
        published.root / BUILT, "select distinct order_id from raw_shopify.api_refund_payments"
    )
    return REFUNDED.format(itemized=[order for (order,) in itemized])


def test_orders_earn_what_they_truly_earned_in_each_currency(
    world: Path, published: Told, refunded: str
) -> None:
    earned = truth(
        world,
        f"select currency, count(*), sum(goods_amount - {refunded}) {IS_COUNTED}"
        " group by 1 order by 1",
    )

    found = mart(
        published,
        "select currency_code, count(*) filter (is_counted), sum(original_net_revenue) "
        "from orders group by 1 order by 1",
    )

    assert found == earned
    assert [currency for currency, *_ in found] == ["EUR", "USD"]


def test_orders_show_the_gift_cards_they_sold(world: Path, published: Told) -> None:
    sold = truth(
        world,
        "select count(*), sum(gift_card_amount) from orders where gift_card_amount > 0 "
        "and currency = 'EUR'",
    )

    found = mart(
        published,
        "select count(*), sum(gift_card_sold_amount) from orders where gift_card_sold_amount > 0 "
        "and currency_code = 'EUR'",
    )

    assert found == sold
    assert found[0][0] > 0
    assert mart(published, "select count(*) from products where category = 'Gift Cards'") == [(0,)]


def test_every_order_is_there_also_those_that_do_not_count(world: Path, published: Told) -> None:
    query = "select order_id, is_cancelled, is_test, is_credit_note from orders order by 1"

    assert mart(published, query) == truth(world, query)


def test_customers_earn_what_their_orders_earn(world: Path, published: Told) -> None:
    by_customer = "select sum(net_revenue), sum(order_count) from customer_360"
    are_sales = "count(*) filter (not is_credit_note)"
    by_order = f"select sum(net_revenue), {are_sales} {IS_COUNTED}"
    by_both = (
        "select sum(orders.net_revenue), "
        "count(*) filter (orders.is_counted and not orders.is_credit_note) from orders "
        "inner join customer_360 on customer_360.customer_id = orders.customer_id"
    )

    assert mart(published, by_customer) == mart(published, by_order) == mart(published, by_both)
    assert mart(published, by_order)[0][1] == truth(world, f"select {are_sales} {IS_COUNTED}")[0][0]


def test_revenue_is_converted_at_the_true_rate_of_the_day(
    world: Path, published: Told, refunded: str
) -> None:
    converted = truth(
        world,
        f"""
        with counted as (select *, cast(ordered_at as date) as day {IS_COUNTED})
        select sum(
            round(goods_amount / coalesce(rate_to_eur, 1), 2)
            - round(({refunded}) / coalesce(rate_to_eur, 1), 2)
        )
        from counted asof left join exchange_rates
            on exchange_rates.currency_code = counted.currency
            and exchange_rates.rate_date <= counted.day
        """,
    )

    found = mart(published, "select cast(sum(net_revenue) as double) from orders")

    assert found[0][0] == pytest.approx(float(converted[0][0]), abs=0.005)


# Reports of the accounts named main do not tell their account's id, the others do
ACCOUNT = """
    case when account = 'main' then 'main' else replace(ltrim(account_id, 'act_'), '-', '') end
"""


def test_ads_spent_what_they_truly_spent_in_each_account(world: Path, published: Told) -> None:
    spent = truth(
        world,
        f"select platform || '_ads', {ACCOUNT}, currency, sum(spend) from ad_days "
        "group by all order by all",
    )

    found = mart(
        published,
        "select platform, account_id, currency_code, sum(original_spend) from ad_days "
        "group by all order by all",
    )

    assert found == spent
    assert len(found) == 4


def test_a_campaign_without_a_single_conversion_spent_too(world: Path, published: Told) -> None:
    by_campaign = "sum({spend}) from ad_days group by 1 having sum({conversions}) = 0 order by 1"
    name = "select replace(campaign_name, chr(10), ' '), "

    spent = truth(
        world, name + by_campaign.format(spend="spend", conversions="claimed_conversions")
    )
    found = mart(
        published,
        name + by_campaign.format(spend="original_spend", conversions="platform_conversions"),
    )

    assert found == spent
    assert spent, "the world has no such campaign"


# What people say


def test_each_answer_to_a_survey_is_the_one_that_was_given(world: Path, published: Told) -> None:
    columns = "select response_id, nps_score, has_comment from"

    found = rows(published.root / BUILT, f"{columns} intermediate.int_survey_responses_unioned")

    assert sorted(found) == sorted(truth(world, f"{columns} survey_responses"))
    assert len({response_id.split(":")[0] for response_id, *_ in found}) > 1


def test_each_chat_is_counted_as_long_as_its_parts_came(world: Path, published: Told) -> None:
    columns = "select conversation_id, started_by, customer_message_count, reply_count from"

    found = rows(published.root / BUILT, f"{columns} intermediate.int_conversations_unioned")
    true = {row[0]: row for row in truth(world, f"{columns} conversations")}

    assert {row[0] for row in found} == set(true)
    assert [row for row in found if row[2] is not None and row != true[row[0]]] == []
    assert any(reply_count for *_, reply_count in found)


# Law 6


def test_each_source_record_is_one_customer_and_each_customer_has_one(published: Told) -> None:
    records, placed, customers = mart(
        published,
        "select count(distinct source_record_id), "
        "count(distinct (source_record_id, customer_id)), count(distinct customer_id) "
        "from customer_identifiers",
    )[0]

    assert records == placed
    assert [(customers,)] == mart(published, "select count(*) from customer_360")


def test_no_source_record_is_of_nobody(identity: Score) -> None:
    assert identity.unknown_records == 0


def test_nobody_is_one_with_another(identity: Score) -> None:
    assert identity.precision >= 0.999


def test_two_at_one_browser_stay_two(identity: Score) -> None:
    assert identity.turns > 5
    assert identity.turns_rightly / identity.turns > 0.95


def test_records_that_exact_links_join_are_one_customer(identity: Score) -> None:
    assert identity.recall_within_reach >= 0.97
    assert identity.within_reach > 1000


# Sessions


@pytest.fixture(scope="module")
def visits(world: Path, published: Told) -> sessions.Score:
    return sessions.score(published.root / BUILT, world / "truth")


def test_a_visit_is_one_session(visits: sessions.Score) -> None:
    assert visits.found >= 0.995 * visits.visits
    assert visits.visits * 0.995 <= visits.sessions <= visits.visits * 1.005
    assert visits.visits > 500


def test_a_session_has_the_visit_s_channel_as_far_as_its_link_tells(
    visits: sessions.Score,
) -> None:
    assert visits.knowable_channel >= 0.995 * visits.visits


def test_a_session_is_the_visitor_s(visits: sessions.Score) -> None:
    assert visits.right_customer >= 0.99 * visits.visits
