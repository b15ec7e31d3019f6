"""Files that a night must refuse, and files that were sent before: what people do to exports."""

from __future__ import annotations

import shutil

from pipelines.demo.files import Outbox, write_csv
from pipelines.demo.shopify import ORDER_COLUMNS, orders_sql
from pipelines.demo.world import World

# One row per campaign for the whole month: there is no day to book it on
AGGREGATED = """Campaign report
"June 1, 2026 - June 30, 2026"
Campaign type,Campaign,Currency code,Cost,Clicks,Impr.,Conversions
Search,Brand | Search,EUR,512.40,"1,204","14,880",96.50
Search,Coffee | Search,EUR,1204.18,"1,031","31,720",71.25
Total: Campaigns,,EUR,1716.58,"2,235","46,600",167.75
Total: Account,,EUR,1716.58,"2,235","46,600",167.75
"""

# A quote inside quotes is not doubled, as a real connector's test files show
BROKEN_QUOTES = """id,email,firstName,lastName,company,createdAt
900001,"lee.quote@example.com","Lee "Lucky" Star","Quote",null,2026-06-01T08:00:00Z
900002,"kim.quote@example.com","Kim,"Quote",null,2026-06-01T08:00:00Z
900003,"ray.quote@example.com,"Ray","Quote",null,2026-06-01T08:00:00Z
"""

# What a spreadsheet makes of the orders: rounded ids, its own dates, no `#` before the names
RESAVED = {
    **ORDER_COLUMNS,
    "Name": "ltrim(orders.order_name, '#')",
    "Created at": "strftime(orders.ordered_at, '%-m/%-d/%y %H:%M')",
    "Id": "if(order_lines.line_no = 1, format('{:.5E}', orders.shop_order_id / 1.0), null)",
}


def write_faults(world: World, outbox: Outbox) -> None:
    """On the last night: three files of which nothing may land, one that landed a week before."""
    last = world.settings.until
    path = outbox.path("google_ads", "main", last, "Campaign report (June).csv")
    path.write_text(AGGREGATED, encoding="utf-8")
    outbox.done(path, is_refused=True)

    path = outbox.path("marketo", "", last, "leads_from_fair.csv")
    path.write_text(BROKEN_QUOTES, encoding="utf-8")
    outbox.done(path, is_refused=True)

    path = outbox.path("shopify", "eu", last, "orders_export_1 - checked.csv")
    write_csv(world, orders_sql("eu", RESAVED, "orders.shop_order_no % 40 = 0"), path)
    outbox.done(path, is_refused=True)

    if len(world.settings.nights) > 1:
        before = outbox.path("shopify", "us", world.settings.nights[-2], "orders_export_1.csv")
        path = outbox.path("shopify", "us", last, "orders_export_1 (1).csv")
        shutil.copyfile(before, path)
        outbox.done(path)
