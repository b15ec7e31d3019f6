"""The demo world is the same for the same arguments, true to its own truth, and full of quirks."""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest

from pipelines.demo import write_demo
from pipelines.exports.read import read_stored
from pipelines.exports.workspace import Workspace

UNTIL = date(2026, 4, 20)  # the clocks changed within the world, in America and in Europe


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("world")
    write_demo(directory, customers=300, days=50, until=UNTIL)
    return directory


def hashes(directory: Path) -> dict[str, str]:
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def unpacked(directory: Path) -> dict[str, str]:
    return {
        path.relative_to(directory).as_posix().removesuffix(".gz"): hashlib.sha256(
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        ).hexdigest()
        for path in directory.rglob("*")
        if path.is_file()
    }


def truth(world: Path, sql: str) -> list[tuple[Any, ...]]:
    """A query whose tables are the files of `truth/`."""
    with duckdb.connect() as con:
        for file in (world / "truth").glob("*.parquet"):
            con.read_parquet(str(file)).create_view(file.stem)
        return con.execute(sql).fetchall()


def exports(world: Path, pattern: str) -> list[Path]:
    """Files of the exports that were meant to land, the oldest night first."""
    good = {row[0] for row in truth(world, "select path from files where not is_refused")}
    root = world / "exports"
    found = (path for path in root.glob(pattern) if path.relative_to(root).as_posix() in good)
    return sorted(found, key=lambda path: (path.parent.name, path.name))


def texts(path: Path) -> Iterator[str]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode()
    elif path.suffix == ".gz":
        yield gzip.decompress(path.read_bytes()).decode()
    else:
        yield path.read_bytes().decode("utf-8-sig")


def order_rows(world: Path) -> Iterator[dict[str, str]]:
    for path in exports(world, "shopify/*/*/orders_export*"):
        if "(1)" in path.name:  # last week's file under another name
            continue
        for text in texts(path):
            yield from csv.DictReader(io.StringIO(text))


def report_rows(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n", 2)[2]
    for row in csv.DictReader(io.StringIO(lines)):
        if not any((cell or "").startswith("Total: ") for cell in row.values()):
            yield row


def documents(path: Path) -> Iterator[dict[str, Any]]:
    for text in texts(path):
        yield from (json.loads(line) for line in text.splitlines())


def test_the_same_arguments_write_the_same_bytes_on_any_number_of_threads(tmp_path: Path) -> None:
    for name, threads in (("one", 1), ("two", 2), ("again", 2)):
        write_demo(tmp_path / name, customers=60, days=40, until=UNTIL, threads=threads)

    assert hashes(tmp_path / "one") == hashes(tmp_path / "two") == hashes(tmp_path / "again")


def test_a_packed_world_says_the_same(tmp_path: Path) -> None:
    for name, is_packed in (("plain", False), ("packed", True)):
        write_demo(tmp_path / name, customers=10, days=14, until=UNTIL, is_packed=is_packed)

    plain, packed = (unpacked(tmp_path / name / "exports") for name in ("plain", "packed"))
    assert packed == plain
    assert {".json", ".jsonl"}.isdisjoint(p.suffix for p in (tmp_path / "packed").rglob("*"))


def test_another_seed_is_another_world(tmp_path: Path) -> None:
    emails = []
    for seed in (1, 2):
        folder = tmp_path / f"Ann's {seed}"
        write_demo(folder, customers=60, days=14, seed=seed, until=UNTIL)
        emails.append(truth(folder, "select email from orders"))

    assert emails[0] != emails[1]


def test_a_world_without_time_for_two_exports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="14 days"):
        write_demo(tmp_path, customers=10, days=3)


def test_the_newest_export_of_each_order_says_what_is_true(world: Path) -> None:
    exported: dict[str, tuple[str, ...]] = {}
    for row in order_rows(world):
        if row["Id"] and not row["Name"].startswith("#9999"):
            amounts = (row["Subtotal"], row["Total"], row["Refunded Amount"])
            exported[row["Id"]] = (*amounts, str(bool(row["Cancelled at"])).lower())

    assert exported == {
        row[0]: row[1:]
        for row in truth(
            world,
            "select shop_order_id, cast(subtotal_amount as varchar),"
            " cast(total_amount as varchar), cast(refunded_amount as varchar),"
            " cast(is_cancelled as varchar) from orders where shop <> 'square'",
        )
    }


def test_an_order_is_its_lines_less_the_discount(world: Path) -> None:
    assert not truth(
        world,
        """
        with sums as (
            select order_id, sum(quantity * unit_price_amount) as gross_amount,
                sum(line_discount_amount) as discount_amount
            from order_lines group by order_id
        )
        select * from orders inner join sums using (order_id)
        where orders.subtotal_amount <> sums.gross_amount - sums.discount_amount
           or orders.discount_amount <> sums.discount_amount
        """,
    )


def test_the_api_tells_the_same_amounts_as_the_orders_export(world: Path) -> None:
    told = {
        str(order["id"]): Decimal(order["subtotal_price"])
        for path in exports(world, "shopify/eu/*/orders_api.jsonl")
        for page in documents(path)
        for order in page["orders"]
    }
    true = dict(truth(world, "select shop_order_id, subtotal_amount from orders"))

    assert told
    assert told == {number: true[number] for number in told}


def spend_of_downloads(world: Path, pattern: str, cost: str) -> Decimal:
    """Σ cost, where the newest file that covers a day replaces it whole."""
    by_day: dict[str, Decimal] = {}
    for path in exports(world, pattern):
        in_file: dict[str, Decimal] = defaultdict(Decimal)
        is_google = "google" in pattern
        rows = report_rows(path) if is_google else csv.DictReader(io.StringIO(next(texts(path))))
        for row in rows:
            if row[cost] != "n/a":
                in_file[row["Day"]] += Decimal(row[cost])
        by_day.update(in_file)
    return sum(by_day.values(), Decimal())


@pytest.mark.parametrize(
    ("pattern", "cost", "platform"),
    [
        ("google_ads/main/*/Campaign report.csv", "Cost", "google"),
        ("google_ads/main/*/Ad report.csv", "Cost", "google"),
        ("meta_ads/main/*/*-Ads-*.csv", "Amount spent (EUR)", "meta"),
        ("meta_ads/main/*/*-Campaigns-*.csv", "Amount spent (EUR)", "meta"),
    ],
)
def test_the_newest_export_of_each_day_adds_up_to_the_true_spend(
    world: Path, pattern: str, cost: str, platform: str
) -> None:
    [(true,)] = truth(
        world,
        f"select sum(spend) from ad_days where platform = '{platform}' and account = 'main'",
    )

    assert spend_of_downloads(world, pattern, cost) == true


def test_the_api_rows_add_up_to_the_true_spend(world: Path) -> None:
    micros: dict[str, int] = {}
    for path in exports(world, "google_ads/nordics/*/campaigns.jsonl"):
        in_file: dict[str, int] = defaultdict(int)
        for row in documents(path):
            in_file[row["segments"]["date"]] += int(row["metrics"]["costMicros"])
        micros.update(in_file)
    dollars: dict[str, Decimal] = {}
    for path in exports(world, "meta_ads/us/*/insights.jsonl"):
        on_day: dict[str, Decimal] = defaultdict(Decimal)
        for page in documents(path):
            for row in page["data"]:
                on_day[row["date_start"]] += Decimal(row["spend"])
        dollars.update(on_day)

    true = dict(truth(world, "select account, sum(spend) from ad_days group by account"))
    assert Decimal(sum(micros.values())) / 1_000_000 == true["nordics"]
    assert sum(dollars.values()) == true["us"]


def test_google_conversions_of_a_day_grow_and_the_last_day_is_partial(world: Path) -> None:
    figures = []
    for path in exports(world, "google_ads/main/*/Campaign report.csv"):
        rows = [row for row in report_rows(path) if row["Cost"] != "n/a"]
        by_day: dict[str, tuple[Decimal, Decimal]] = {}
        for row in rows:
            cost, conversions = by_day.get(row["Day"], (Decimal(), Decimal()))
            added = conversions + Decimal(row["Conversions"])
            by_day[row["Day"]] = (cost + Decimal(row["Cost"]), added)
        figures.append(by_day)
    earlier, later = figures[-2], figures[-1]
    common = sorted(set(earlier) & set(later))

    assert all(later[day][1] >= earlier[day][1] for day in common)
    assert sum(later[day][1] for day in common) > sum(earlier[day][1] for day in common)
    assert later[common[-1]][0] > earlier[common[-1]][0]


def test_a_campaign_spends_without_a_conversion(world: Path) -> None:
    [(spend, claimed, caused)] = truth(
        world,
        "select sum(spend), sum(claimed_conversions), sum(caused_order_count) from ad_days"
        " where campaign_name = 'Display | Awareness'",
    )

    assert (spend > 0, claimed, caused) == (True, 0, 0)


def test_the_causes_of_each_web_order_sum_to_one(world: Path) -> None:
    assert not truth(
        world,
        """
        select orders.order_id, sum(order_causes.share)
        from orders left join order_causes using (order_id)
        where orders.kind = 'web' group by orders.order_id
        having sum(order_causes.share) is null or abs(sum(order_causes.share) - 1) > 1e-9
        """,
    )


def test_identifiers_belong_to_one_person_except_phones_and_browsers_at_home(world: Path) -> None:
    shared = truth(world, "select distinct identifier_type from identifiers where is_shared")
    homes = truth(
        world,
        "select max(homes) from (select count(distinct home_no) as homes from identifiers"
        " inner join people using (person_no) group by identifier_type, identifier)",
    )

    assert set(shared) == {("phone",), ("segment_anonymous_id",), ("ga4_user_pseudo_id",)}
    assert homes == [(1,)]


def test_two_at_one_browser_take_turns(world: Path) -> None:
    turns = truth(
        world,
        """
        select count(*), min(since) from (
            select
                person_no <> lag(person_no) over same_browser as is_turn,
                occurred_at - lag(occurred_at) over same_browser as since
            from visits
            window same_browser as (partition by anonymous_id order by occurred_at, visit_id)
        ) where is_turn
        """,
    )

    assert turns[0][0] > 5
    assert turns[0][1] > timedelta(hours=1)


def test_a_mail_s_link_brings_its_token_to_the_site(world: Path) -> None:
    clicked = {
        urlsplit(document["attributes"]["event_properties"]["URL"]).query.rpartition("_kx=")[2]
        for path in exports(world, "klaviyo/*/events.jsonl")
        for document in documents(path)
        if document["attributes"]["event_properties"].get("URL")
    }
    landed = truth(world, "select click_id from visits where click_id_kind = '_kx'")

    assert landed
    assert clicked == {click_id for (click_id,) in landed}


def test_the_api_and_the_site_tell_of_the_same_checkouts(world: Path) -> None:
    shop = {
        order["checkout_token"]
        for path in exports(world, "shopify/eu/*/orders_api.jsonl")
        for page in documents(path)
        for order in page["orders"]
        if order["checkout_token"]
    }
    site = {
        parameter["value"]["string_value"]
        for path in exports(world, "web/*/events_*.json")
        for event in documents(path)
        for parameter in event.get("event_params", ())
        if parameter["key"] == "checkout_token"
    }

    assert shop
    assert shop <= site


def test_every_click_that_landed_with_a_gclid_is_in_the_click_view(world: Path) -> None:
    seen = {
        row["clickView"]["gclid"]
        for path in exports(world, "google_ads/*/*/click_view.jsonl")
        for row in documents(path)
    }
    landed = truth(world, "select click_id from visits where click_id_kind = 'gclid'")

    assert landed
    assert {click_id for (click_id,) in landed} < seen


def test_shopify_exports_have_their_quirks(world: Path) -> None:
    rows = list(order_rows(world))
    first = next(order_rows(world))
    offsets = {row["Created at"][-5:] for row in rows}

    assert len(first) == 79
    assert any(not row["Id"] and row["Email"] and row["Created at"] for row in rows)
    assert {"+0100", "+0200", "-0500", "-0400"} <= offsets
    assert any(row["Billing Zip"].startswith("'") for row in rows)
    assert any("\n" in row["Notes"] for row in rows)
    assert any(row["Source"] == "pos" and not row["Email"] for row in rows)
    assert any(row["Email"].endswith("@scs3.tiktok.com") for row in rows)
    assert exports(world, "shopify/eu/*/orders_export.zip")


def test_products_and_customers_have_the_columns_of_the_real_exports(world: Path) -> None:
    widths = {
        name: len(next(csv.reader(io.StringIO(next(texts(exports(world, pattern)[0]))))))
        for name, pattern in (
            ("products", "shopify/eu/*/products_export.csv"),
            ("customers", "shopify/eu/*/customers_export.csv"),
        )
    }

    assert widths == {"products": 69, "customers": 21}


def test_ad_downloads_have_their_quirks(world: Path) -> None:
    keywords = exports(world, "google_ads/main/*/Search keyword report.csv")[-1].read_bytes()
    campaigns = exports(world, "google_ads/main/*/Campaign report.csv")[-1].read_text()
    ads = exports(world, "meta_ads/main/*/*-Ads-*.csv")[-1].read_bytes()

    assert keywords.startswith(b"\xff\xfe")
    assert "\tTotal: Filtered keywords\t" in keywords.decode("utf-16")
    assert campaigns.startswith('Campaign report\n"')
    assert ", --" in campaigns
    assert "\nTotal: Campaigns," in campaigns
    assert ads.startswith(b"\xef\xbb\xbf")
    assert ads.decode("utf-8-sig").split("\n")[0].count('"Ad set name"') == 2


def test_the_newest_report_of_each_day_tells_what_the_cafe_truly_earned(world: Path) -> None:
    days: dict[str, dict[str, Decimal]] = {}
    for path in exports(world, "square/*/*.csv"):
        in_file: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for row in csv.DictReader(io.StringIO(next(texts(path)))):
            net = Decimal(row["Net Sales"].replace("$", ""))
            in_file[row["Date"]][row["Transaction ID"]] += net
        days.update(in_file)
    earned: dict[str, Decimal] = defaultdict(Decimal)
    for day in days.values():
        for transaction, net in day.items():
            earned[transaction] += net

    assert earned == dict(
        truth(
            world,
            "select shop_order_id, subtotal_amount - refunded_amount from orders"
            " where shop = 'square'",
        )
    )


def test_square_s_reports_have_their_quirks(world: Path) -> None:
    files = [next(texts(path)) for path in exports(world, "square/*/*.csv")]
    rows = [list(csv.DictReader(io.StringIO(text))) for text in files]
    everything = [row for some in rows for row in some]
    shared = {row["Date"] for row in rows[0]} & {row["Date"] for row in rows[1]}
    transactions = {row["Transaction ID"] for row in everything if row["Event Type"] == "Payment"}
    refunds = {row["Transaction ID"] for row in everything if row["Event Type"] == "Refund"}

    assert [len(some[0]) for some in rows[:3]] == [29, 33, 35]
    assert shared, "no day is in two reports"
    assert any(row["Customer ID"] for row in everything)
    assert any(not row["Customer ID"] for row in everything)
    assert any(row["Net Sales"].startswith("-$") for row in everything)
    assert refunds & transactions
    assert refunds - transactions


def test_hubspot_s_contacts_have_their_quirks(world: Path) -> None:
    files = [next(texts(path)) for path in exports(world, "hubspot/*/*.csv")]
    first, *_, last = [list(csv.DictReader(io.StringIO(text))) for text in files]
    addresses = [row["Email"] for row in last]
    merged = {row["Merged contact IDs"] for row in last} - {""}

    assert any("@gdpr-forgotten." in address for address in addresses)
    assert any(row["Additional email addresses"] for row in last)
    assert merged & {row["Record ID"] for row in first}
    assert not merged & {row["Record ID"] for row in last}
    assert any(";" in row["Associated Company IDs"] for row in last)
    assert exports(world, "hubspot/*/contacts.jsonl")


def test_eventbrite_s_reports_have_their_quirks(world: Path) -> None:
    night, evening = exports(world, "eventbrite/cupping-night/*/*.csv")[-1], "eventbrite/2*/*.csv"
    rows = list(csv.DictReader(io.StringIO(next(texts(night)))))
    addresses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        addresses[row["Order #"]].append((row["Email"], row["First Name"]))
    british = next(csv.reader(io.StringIO(next(texts(exports(world, evening)[-1])))))

    assert any(len({e for e, _ in some}) < len({n for _, n in some}) for some in addresses.values())
    assert {"Attending", "Checked In", "Refunded"} <= {row["Attendee Status"] for row in rows}
    assert "Event Name" not in rows[0]
    assert {"Order no.", "Attendee no.", "Surname", "Event Name"} <= set(british)


def test_marketo_writes_null_and_products_come_again_after_a_sale(world: Path) -> None:
    leads = next(texts(exports(world, "marketo/*/leads.csv")[0]))
    products = exports(world, "shopify/eu/*/products_export.csv")

    assert ",null," in leads
    contents = [path.read_bytes() for path in products]
    assert len(set(contents)) == 2
    assert contents[0] == contents[-1] != contents[1]


def test_whoever_was_let_down_recommends_less(world: Path) -> None:
    [(let_down, content)] = truth(
        world,
        "select avg(nps_score) filter (was_let_down), avg(nps_score) filter (not was_let_down)"
        " from survey_responses",
    )

    assert let_down + 2 < content


def test_delighted_repeats_a_day_and_once_holds_people_in_responses(world: Path) -> None:
    pages = [
        json.loads(path.read_text()) for path in exports(world, "delighted/*/survey_responses.json")
    ]
    answers = [response for page in pages for response in page]
    told = {f"delighted:{response['id']}": response["score"] for response in answers}
    true = dict(truth(world, "select response_id, nps_score from survey_responses"))

    assert told == {key: score for key, score in true.items() if key.startswith("delighted")}
    assert len(answers) > len(told)
    assert {type(response["person"]) for response in answers} == {str, dict}


def test_mailchimp_exports_have_their_quirks(world: Path) -> None:
    audience = [path.name for path in exports(world, "mailchimp/*/audience_export*.zip")]
    first, resaved, *_ = exports(world, "mailchimp/*/campaigns.csv")
    pages = documents(exports(world, "mailchimp/*/email_activity.jsonl")[-1])
    recipients = [recipient for page in pages for recipient in page["emails"]]

    assert len(audience) > 1
    assert "Send Date" in first.read_text(encoding="utf-8")
    assert "Café club —" in resaved.read_text(encoding="mac_roman")
    assert "Send_Date" in resaved.read_text(encoding="mac_roman")
    assert any(recipient["activity"] for recipient in recipients)
    assert any(not recipient["activity"] for recipient in recipients)


def test_a_form_s_questions_are_headers_and_not_everybody_is_named(world: Path) -> None:
    [text] = texts(exports(world, "typeform/*/*/responses.csv")[-1])
    rows = list(csv.DictReader(io.StringIO(text)))
    [page] = documents(exports(world, "typeform/*/*/responses.json")[0])

    assert any("\n" in question for question in rows[0])
    assert {row["Response Type"] for row in rows} == {"completed", "partial", "started"}
    assert len({bool(row["email"]) for row in rows}) == 2
    assert {row["#"] for row in rows} & {item["token"] for item in page["items"]}


def test_braze_repeats_events_and_says_their_type_by_name_or_in_batches(world: Path) -> None:
    flat = exports(world, "braze/*/users.*.jsonl")
    batched = exports(world, "braze/*/currents.jsonl")
    events = [event for path in flat for event in documents(path)]
    in_batches = [event for page in documents(batched[0]) for event in page["events"]]

    assert len({event["id"] for event in events}) < len(events)
    assert not any("event_type" in event for event in events)
    assert {path.stem for path in flat} >= {event["event_type"] for event in in_batches}
    assert {event["platform"] for event in events} >= {"ios", "android", "web"}


def test_people_chat_about_orders_that_went_wrong(world: Path) -> None:
    [(complaining, asking)] = truth(
        world,
        """
        with customers as (
            select person_no, bool_or(refunded_amount > 0) as is_refunded from orders group by all
        )
        select
            avg(cast(chats.person_no is not null as integer)) filter (is_refunded),
            avg(cast(chats.person_no is not null as integer)) filter (not is_refunded)
        from customers
        left join (select distinct person_no from conversations) as chats using (person_no)
        """,
    )

    assert complaining > asking > 0


def test_intercom_lists_conversations_once_without_their_parts(world: Path) -> None:
    files = exports(world, "intercom/*/conversations.jsonl")
    found = [document for path in files for document in documents(path)]
    contacts = {
        contact["id"]: contact["role"]
        for path in exports(world, "intercom/*/contacts.jsonl")
        for contact in documents(path)
    }
    whole = [document for document in found if document["type"] == "conversation"]
    authors = (conversation["source"]["author"] for conversation in whole)
    started = {author["id"] for author in authors if author["type"] != "bot"}

    assert {d["type"] for d in found} == {"conversation", "conversation.list"}
    assert all("conversation_parts" in conversation for conversation in whole)
    assert set(contacts.values()) == {"user", "lead"}
    assert started - set(contacts)


def test_twilio_logs_lose_their_pluses_once_and_people_refuse(world: Path) -> None:
    logs = [
        list(csv.DictReader(io.StringIO(next(texts(path)))))
        for path in exports(world, "twilio/*/sms-log.csv")
    ]
    written = [row for log in logs for row in log]

    assert not any("+" in row["To"] for row in logs[1])
    assert all("+" in row["To"] for row in logs[0])
    assert any(row["To"].startswith("whatsapp:") for row in written)
    assert any(row["Body"].strip().upper() == "STOP" for row in written)
    assert all(row["Price"].startswith("-") for row in written if row["Price"])


def test_the_reader_takes_and_refuses_what_the_truth_says(world: Path, tmp_path: Path) -> None:
    files = truth(
        world,
        f"select path, vendor, is_refused, reject_count from files where night = '{UNTIL}'",
    )
    surprises = []
    for number, (name, vendor, is_refused, reject_count) in enumerate(files):
        declared = importlib.import_module(f"pipelines.sources.{vendor}").EXPORTS
        workspace = Workspace(tmp_path / str(number))
        readings = list(read_stored(world / "exports" / name, declared, workspace))
        refused = any(reading.refusal for reading in readings)
        rejected = sum(len(reading.rejects) for reading in readings)
        landed = sum(reading.landed for reading in readings)
        if (refused, rejected, landed > 0) != (is_refused, reject_count, not is_refused):
            surprises.append((name, refused, rejected, landed))

    assert len(files) > 30
    assert not surprises
