"""A whole demo world: the exports of five nights, and the truth behind them."""

from __future__ import annotations

import logging
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from pipelines.demo import shopify
from pipelines.demo.ads import make_ads
from pipelines.demo.app import make_app
from pipelines.demo.braze import write_braze
from pipelines.demo.cafe import make_cafe
from pipelines.demo.catalog_tables import make_catalogue
from pipelines.demo.chats import make_chats
from pipelines.demo.club import make_club
from pipelines.demo.delighted import write_delighted
from pipelines.demo.eventbrite import make_events, write_eventbrite
from pipelines.demo.exchange_rates import make_rates, write_rates
from pipelines.demo.faults import write_faults
from pipelines.demo.feedback import make_feedback
from pipelines.demo.files import Outbox
from pipelines.demo.google_ads import write_google
from pipelines.demo.google_ads_api import write_google_api
from pipelines.demo.hubspot import make_crm, write_hubspot
from pipelines.demo.intercom import write_intercom
from pipelines.demo.klaviyo import write_klaviyo
from pipelines.demo.landings import make_landings
from pipelines.demo.mail import make_mail
from pipelines.demo.mailchimp import write_mailchimp
from pipelines.demo.marketo import write_marketo
from pipelines.demo.meta_ads import write_meta
from pipelines.demo.occasions import make_occasions
from pipelines.demo.orders import make_orders
from pipelines.demo.people import make_people
from pipelines.demo.shop_customers import make_shop_customers
from pipelines.demo.shopify import write_orders
from pipelines.demo.shopify_api import write_api
from pipelines.demo.shopify_lists import write_lists
from pipelines.demo.square import write_square
from pipelines.demo.texts import make_texts
from pipelines.demo.truth import write_truth
from pipelines.demo.twilio import write_twilio
from pipelines.demo.typeform import write_typeform
from pipelines.demo.visits import make_visits
from pipelines.demo.web import write_web
from pipelines.demo.web_details import make_web_details
from pipelines.demo.world import Settings, World

log = logging.getLogger(__name__)

# In this order: each step reads the tables of those before it
MAKERS = (
    make_people,
    make_occasions,
    make_visits,
    make_catalogue,
    make_orders,
    make_shop_customers,
    make_landings,
    make_web_details,
    make_ads,
    make_mail,
    make_feedback,
    make_chats,
    make_cafe,
    make_crm,
    make_events,
    make_club,
    make_app,
    make_texts,
    make_rates,
)
WRITERS = (
    write_orders,
    write_lists,
    write_api,
    write_google,
    write_google_api,
    write_meta,
    write_klaviyo,
    write_marketo,
    write_intercom,
    write_delighted,
    write_typeform,
    write_square,
    write_hubspot,
    write_eventbrite,
    write_mailchimp,
    write_braze,
    write_twilio,
    write_web,
    write_rates,
)
FEWEST_DAYS = 14


@dataclass(frozen=True)
class DemoSummary:
    """What was written, and how long it took."""

    directory: Path
    customers: int
    orders: int
    web_events: int
    files: int
    bytes: int
    seconds: float


def write_demo(
    directory: Path,
    customers: int = 2000,
    days: int = 120,
    seed: int = 1,
    until: date = date(2026, 6, 30),
    *,
    events_per_customer: int = 25,
    threads: int | None = None,
    is_packed: bool = False,
) -> DemoSummary:
    """Write `directory/exports` and `directory/truth`, replacing what was in them.

    `is_packed` writes JSON as gzip, a tenth of its size. The same arguments give the same bytes,
    whatever the number of threads. `ValueError` when there is no customer or the time is too short
    for an export to follow another.
    """
    if customers < 1 or days < FEWEST_DAYS:
        raise ValueError(
            f"a demo world needs a customer and {FEWEST_DAYS} days, "
            f"not {customers} customers and {days} days"
        )
    started = perf_counter()
    settings = Settings(customers, days, seed, until, events_per_customer)
    for name in ("exports", "truth"):
        shutil.rmtree(directory / name, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=directory) as scratch:
        world = World(Path(scratch), settings, threads)
        outbox = Outbox(world, directory / "exports", is_packed)
        try:
            make_world(world)
            write_exports(world, outbox)
            write_truth(world, outbox, directory / "truth")
            orders = world.count("orders") + world.count("cafe_tickets")
            counts = orders, world.count("web_events")
        finally:
            world.con.close()
    written = [path for path in (directory / "exports").rglob("*") if path.is_file()]
    return DemoSummary(
        directory,
        customers,
        *counts,
        len(written),
        sum(path.stat().st_size for path in written),
        perf_counter() - started,
    )


def make_world(world: World) -> None:
    """All tables of the world, and the views that look at it on a given night."""
    for make in MAKERS:
        make(world)
        log.debug("%s done", make.__name__)
    world.run(shopify.STATE)


def write_exports(world: World, outbox: Outbox) -> None:
    """The files of every night, and the mishaps of the last."""
    for night in world.settings.nights:
        world.at_night(night)
        for write in WRITERS:
            write(world, outbox, night)
        log.info("wrote the exports of %s", night)
    write_faults(world, outbox)
