"""Attribution in SQL says what a plain reference says, on hundreds of random journeys.

Each world is a conversion kind of its own, so that one build holds them all.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from benchmarks.attribution import CHOSEN, CHOSEN_CREDITED, CREDITED, FOLDER, NUMBERED

from . import attribution_reference as reference
from .attribution_reference import Journey
from .scratch import ScratchProject, scratch_project

WORLDS = 300
DIRECT = "Direct"
CHANNELS = (DIRECT, "Email", "Organic Search", "Paid Search", "Paid Social", "Referral")
OTHER_CHANNELS = ("Video", "Unassigned")
END = datetime(2026, 6, 1, 12)
UNATTRIBUTED = "direct / unattributed"
MODELS = (*reference.SHARES, "last_non_direct", "linear", "time_decay")
MODELS += ("markov", "shapley", "fractribution")

# Credits with their ids, for the models of the area carry numbers
CREDITS = f"""
    (
        select credits.*, conversions.conversion_id, conversions.conversion_kind,
            touches.touchpoint_id,
            coalesce(channels.channel, '{UNATTRIBUTED}') as channel
        from intermediate.int_touch_credits as credits
        inner join intermediate.int_conversions_windowed as conversions using (conversion_number)
        left join intermediate.int_attribution_touches as touches using (touch_number)
        left join intermediate.int_attribution_channels as channels
            on credits.channel_number = channels.channel_number
    ) as credits
"""

World = tuple[Journey, ...]

# The paths of the example that Snowplow publishes with its package of Google's fractribution
# (dbt-snowplow-fractribution, integration_tests, expected report): path, conversions with what each
# earned, journeys without one. It names 3.541 conversions and 170.15 of revenue for Direct, 1.459
# and 130.77 for Organic Search, 1 and 200 for Video.
PUBLISHED = (
    (("Direct",), ("24.00", "50.00", "20.42"), 25),
    (("Organic Search",), ("66.50",), 26),
    (("Referral", "Direct"), (), 1),
    (("Video",), ("200.00",), 2),
    (("Organic Search", "Paid Search"), (), 2),
    (("Referral",), (), 2),
    (("Organic Search", "Direct"), ("140.00",), 1),
    (("Paid Search",), (), 1),
    (("Unassigned",), (), 1),
)


def published_world() -> World:
    return tuple(
        Journey(path, tuple(float(len(path) - n) for n in range(len(path))), is_converted)
        for path, revenues, others in PUBLISHED
        for is_converted in [True] * len(revenues) + [False] * others
    )


PUBLISHED_REVENUES = [Decimal(revenue) for _, revenues, _ in PUBLISHED for revenue in revenues]


def long_world() -> World:
    """Journeys that differ late: at the 12th, the 22nd and the 23rd of 23 contacts."""
    ages = tuple(float(age) for age in range(23, 0, -1))
    alike = ["Email", "Referral"] * 11 + ["Email"]
    changed = [[*alike[:n], DIRECT, *alike[n + 1 :]] for n in (11, 21, 22)]
    return tuple(
        Journey(tuple(channels), ages, is_converted)
        for channels in (alike, *changed)
        for is_converted in (True, False, True)
    )


def random_world(seed: int) -> World:
    draw = random.Random(seed)  # noqa: S311 (the same worlds each time)
    channels = draw.sample(CHANNELS, draw.randint(2, len(CHANNELS)))
    return tuple(_random_journey(draw, channels) for _ in range(draw.randint(2, 14)))


def _random_journey(draw: random.Random, channels: Sequence[str]) -> Journey:
    count = draw.choice([1, 1, 2, 2, 3, 4, 5, 7, 23])
    ages = sorted(draw.sample(range(30 * 24), count), reverse=True)
    return Journey(
        tuple(draw.choices(channels, k=count)),
        tuple(hours / 24 for hours in ages),
        draw.random() < 0.5,
        draw.choice([None, draw.randrange(count)]),
    )


@pytest.fixture(scope="module")
def worlds() -> dict[str, World]:
    drawn = {f"world {n}": random_world(n) for n in range(WORLDS)}
    return drawn | {"published": published_world(), "long": long_world()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, worlds: dict[str, World]) -> ScratchProject:
    """The attribution models of these worlds, and of one conversion that nothing led to."""
    steps = [f"{FOLDER}/{step}.sql" for step in NUMBERED + CREDITED]
    folder = tmp_path_factory.mktemp("attribution")
    project = scratch_project(folder, *steps, "seeds/attribution_models.csv")
    for upstream in ("int_touchpoints_identified", "int_conversions_unioned"):
        project.write(f"models/intermediate/{upstream}.sql", "select 1 as one")
    for seed in ("channels", "conversion_kinds", "conversion_touch_kinds"):
        project.write(f"seeds/{seed}.csv", "one\n1\n")
    with duckdb.connect(str(project.warehouse)) as connection:
        _fill(connection, worlds)
    seeds, models = ("--select", "attribution_models"), ("--select", FOLDER)
    for done in (project.dbt("seed", *seeds), project.dbt("run", *models)):
        assert done.returncode == 0, done.stdout
    return project


def _fill(connection: duckdb.DuckDBPyConnection, worlds: dict[str, World]) -> None:
    connection.execute("create schema intermediate; create schema seeds")
    connection.execute(
        "create table seeds.channels as select channel, channel = 'Direct' as is_direct, "
        "false as is_paid from (select unnest($1) as channel)",
        [[*CHANNELS, *OTHER_CHANNELS]],
    )
    connection.execute(
        "create table seeds.conversion_kinds as select kind as conversion_kind, "
        "kind as conversion_event, 30 as window_days, 'net' as revenue_basis "
        "from (select unnest($1) as kind)",
        [[*worlds, "nothing"]],
    )
    connection.execute(
        "create table seeds.conversion_touch_kinds as "
        "select conversion_kind as conversion_event, 'visit of ' || conversion_kind "
        "as touch_kind from seeds.conversion_kinds"
    )
    connection.execute(
        "create table intermediate.int_touchpoints_identified (touchpoint_id varchar, "
        "customer_id varchar, touch_kind varchar, channel varchar, campaign_id varchar, "
        "campaign_name varchar, is_machine boolean, occurred_at timestamp)"
    )
    connection.execute(
        "create table intermediate.int_conversions_unioned (conversion_event varchar, "
        "conversion_event_id varchar, customer_id varchar, order_id varchar, "
        "net_revenue decimal(18, 2), margin decimal(18, 2), is_new_customer boolean, "
        "conversion_date date, converted_at timestamp)"
    )
    for name, world in worlds.items():
        for number, journey in enumerate(world):
            _insert(connection, name, f"{name}/{number}", journey)
    _insert(connection, "nothing", "nobody", Journey((), (), is_converted=True))


def _insert(
    connection: duckdb.DuckDBPyConnection, world: str, customer: str, journey: Journey
) -> None:
    times = [END - timedelta(days=age) for age in journey.ages]
    for number, (channel, time) in enumerate(zip(journey.channels, times, strict=True)):
        connection.execute(
            "insert into intermediate.int_touchpoints_identified "
            "values ($1, $2, $3, $4, null, null, false, $5)",
            [f"{customer}/{number}", customer, f"visit of {world}", channel, time],
        )
    if journey.is_converted:
        _convert(connection, world, customer, END)
    if journey.lead is not None:
        _convert(connection, "lead", customer, times[journey.lead])


def _convert(
    connection: duckdb.DuckDBPyConnection, event: str, customer: str, time: datetime
) -> None:
    connection.execute(
        "insert into intermediate.int_conversions_unioned "
        "values ($1, $2, $2, null, $3, null, false, $4, $4)",
        [event, customer, revenue_of(customer), time],
    )


def revenue_of(customer: str) -> Decimal:
    if customer.startswith("published/"):
        return PUBLISHED_REVENUES[_converted_before(int(customer.split("/")[1]))]
    return Decimal(sum(map(ord, customer)) % 10007) / 100


def _converted_before(number: int) -> int:
    return sum(journey.is_converted for journey in published_world()[:number])


def _credited(built: ScratchProject) -> Iterator[tuple[str, dict[str, tuple[float, ...]]]]:
    """Each conversion's customer, with the credits of its touches in order."""
    columns = ", ".join(f"list({model}_credit order by touch_position)" for model in MODELS)
    query = f"""
        select split_part(conversion_id, ':', 2), {columns}
        from {CREDITS} where touch_position is not null group by conversion_id
    """
    for customer, *lists in built.rows(query):
        yield (
            str(customer),
            {m: tuple(map(float, given)) for m, given in zip(MODELS, lists, strict=True)},  # type: ignore[call-overload]
        )


def test_every_model_credits_as_the_plain_reference_does(
    built: ScratchProject, worlds: dict[str, World]
) -> None:
    found = dict(_credited(built))
    expected = {
        f"{name}/{number}": reference.credited(journey, world, DIRECT)
        for name, world in worlds.items()
        for number, journey in enumerate(world)
        if journey.is_converted
    }

    assert found.keys() == expected.keys()
    for customer, models in expected.items():
        for model, shares in models.items():
            assert found[customer][model] == pytest.approx(shares, abs=1e-8), (customer, model)


def test_removal_effects_are_those_of_a_dense_solve(
    built: ScratchProject, worlds: dict[str, World]
) -> None:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    query = "select conversion_kind, channel, removal_effect from intermediate.int_markov_removals"
    for kind, channel, effect in built.rows(query):
        found[str(kind)][str(channel)] = float(str(effect))

    for name, world in worlds.items():
        if any(journey.is_converted for journey in world):
            assert found[name] == pytest.approx(reference.removal_effects(world), abs=1e-9)


def test_shapley_credits_add_up_to_the_values_over_all_coalitions(
    built: ScratchProject, worlds: dict[str, World]
) -> None:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    query = f"""
        select conversion_kind, channel, sum(shapley_credit) from {CREDITS} group by all
    """
    for kind, channel, credit in built.rows(query):
        found[str(kind)][str(channel)] = float(str(credit))

    for name, world in worlds.items():
        assert found.get(name, {}) == pytest.approx(reference.shapley_values(world), abs=1e-7)


@pytest.mark.parametrize("model", MODELS)
def test_credits_and_revenue_are_conserved_to_the_last_digit(
    built: ScratchProject, model: str
) -> None:
    query = f"""
        select conversion_id, sum({model}_credit), sum({model}_revenue)
        from {CREDITS} group by conversion_id
    """
    for conversion, credit, revenue in built.rows(query):
        assert credit == 1, conversion
        assert revenue == revenue_of(str(conversion).split(":")[1]), conversion


def test_a_conversion_that_nothing_led_to_is_unattributed(built: ScratchProject) -> None:
    query = f"""
        select channel, touchpoint_id, markov_credit, linear_revenue
        from {CREDITS} where conversion_kind = 'nothing'
    """
    assert built.rows(query) == [(UNATTRIBUTED, None, Decimal(1), revenue_of("nobody"))]


def test_the_published_example_of_fractribution_is_met(built: ScratchProject) -> None:
    query = f"""
        select
            channel,
            cast(round(sum(fractribution_credit), 3) as double),
            cast(sum(fractribution_revenue) as double)
        from {CREDITS} where conversion_kind = 'published'
        group by channel order by channel
    """
    assert built.rows(query) == [
        ("Direct", 3.541, 170.15),
        ("Organic Search", 1.459, 130.77),
        ("Video", 1.0, 200.0),
    ]


def test_chosen_models_credit_as_they_do_among_all(built: ScratchProject, tmp_path: Path) -> None:
    project = ScratchProject(tmp_path / "chosen")
    shutil.copytree(built.folder, project.folder)
    steps = (*CHOSEN_CREDITED, "int_path_contributions", "int_sequence_weights")
    done = project.dbt("run", "--vars", json.dumps(CHOSEN), "--select", *steps)
    assert done.returncode == 0, done.stdout

    chosen = [f"{m}_{w}" for m in CHOSEN["attribution_models"] for w in ("credit", "revenue")]
    query = "select {} from intermediate.int_touch_credits order by conversion_number, touch_number"
    columns = "select column_name from information_schema.columns where table_name = '{}'"
    kept = {name for (name,) in project.rows(columns.format("int_touch_credits"))}
    assert {name for name in kept if str(name).endswith(("credit", "revenue"))} == set(chosen)
    assert project.rows(query.format(", ".join(chosen))) == built.rows(
        query.format(", ".join(chosen))
    )
    for unneeded in ("int_path_contributions", "int_sequence_weights"):
        assert project.rows(f"select * from intermediate.{unneeded}") == []


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"attribution_models": ["linear", "guess"]}, "there is no model guess"),
        ({"attribution_models": ["linear"]}, "last_non_direct is not among attribution_models"),
    ],
)
def test_a_model_that_is_not_there_cannot_be_chosen(
    built: ScratchProject, settings: dict[str, list[str]], complaint: str
) -> None:
    done = built.dbt("compile", "--vars", json.dumps(settings), "--select", "int_touch_credits")
    assert done.returncode != 0
    assert complaint in done.stdout.replace("\n", " ")
