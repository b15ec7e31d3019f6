"""The causes in the demo world: what each channel does, which ads run, what they cost.

Everything a test may want to find again in the marts stands here, as data. Money is in cents of
the account's currency; probabilities are in parts per million (ppm).
"""

from __future__ import annotations

from dataclasses import dataclass

BASE_PPM = 110_000  # chance that a visit of an average customer ends in an order, all else aside
EFFECT_DAYS = 14  # a contact raises that chance for so many days
CLAIM_DAYS = 30  # Google claims an order so many days after a click, Meta after CLAIM_DAYS_META
CLAIM_DAYS_META = 7


@dataclass(frozen=True)
class Channel:
    """One way into the shop.

    effect_ppm   what one contact adds to the chance of an order at each visit of EFFECT_DAYS
    new, known   share of visits (per thousand) of people in their first and in later visits
    """

    name: str
    effect_ppm: int
    new: int
    known: int
    utm_source: str = ""
    utm_medium: str = ""
    referrer: str = ""


CHANNELS = (
    Channel("google_brand", 30_000, 50, 130, "google", "cpc", "https://www.google.com/"),
    Channel("google_nonbrand", 120_000, 240, 90, "google", "cpc", "https://www.google.com/"),
    Channel("meta_prospecting", 80_000, 260, 50, "facebook", "paid_social"),
    Channel("meta_retargeting", 15_000, 0, 150, "facebook", "paid_social"),
    Channel("email", 110_000, 0, 210, "", "email"),
    Channel("organic", 30_000, 260, 150, referrer="https://www.google.com/"),
    Channel("referral", 50_000, 60, 20, referrer="https://blog.example.org/coffee"),
    Channel("direct", 0, 130, 200),
)


@dataclass(frozen=True)
class AdGroup:
    """One ad group or ad set of a campaign.

    keywords   `|`-separated; empty for ads that are not shown on searches
    ads        `|`-separated names of the ads
    weight     share in the channel's visits of its markets
    ctr_ppm    clicks per million impressions
    idle       impressions a day besides those that the visits explain
    """

    platform: str
    account: str
    account_id: str
    currency: str
    markets: str
    channel: str
    campaign_no: int
    campaign: str
    campaign_type: str
    ad_group: str
    ads: str
    keywords: str
    weight: int
    cpc_cents: int
    ctr_ppm: int
    idle: int


def _google(market: str, *rest: object) -> AdGroup:
    account = {
        "eu": ("google", "main", "111-222-3333", "EUR", "eu us"),
        "nordics": ("google", "nordics", "444-555-6666", "SEK", "nordics"),
    }[market]
    return AdGroup(*account, *rest)  # type: ignore[arg-type]


def _meta(market: str, *rest: object) -> AdGroup:
    account = {
        "eu": ("meta", "main", "act_700000000000001", "EUR", "eu nordics"),
        "us": ("meta", "us", "act_700000000000002", "USD", "us"),
    }[market]
    channel, number, campaign, ad_group, ads, *numbers = rest
    row = (channel, number, campaign, "Sales", ad_group, ads, "", *numbers)
    return AdGroup(*account, *row)  # type: ignore[arg-type]


SEARCH = "Search"
PROSPECTING = "Prospecting ☕\nbroad, all of Europe"  # a campaign name may hold a line break
AD_GROUPS = (
    _google("eu", "google_brand", 1, "Brand | Search", SEARCH, "Brand core",
            "Brand ad A|Brand ad B", "pine & harbour|pine harbour coffee", 70, 36, 90_000, 40),
    _google("eu", "google_brand", 1, "Brand | Search", SEARCH, "Brand + category",
            "Brand category ad A|Brand category ad B", "pine harbour mugs|pine harbour tea",
            30, 42, 80_000, 30),
    _google("eu", "google_nonbrand", 2, "Coffee | Search", SEARCH, "Beans",
            "Beans ad A|Beans ad B", "coffee beans online|espresso beans|fresh roasted coffee",
            45, 124, 45_000, 700),
    _google("eu", "google_nonbrand", 2, "Coffee | Search", SEARCH, "Brewing gear",
            "Gear ad A|Gear ad B", "hand coffee grinder|pour over set|gooseneck kettle",
            20, 156, 38_000, 500),
    _google("eu", "google_nonbrand", 3, "Kitchen, home | Search", SEARCH, "Stoneware",
            "Stoneware ad A|Stoneware ad B", "stoneware mug|handmade cups", 20, 110, 36_000, 350),
    _google("eu", "google_nonbrand", 3, "Kitchen, home | Search", SEARCH, "Linen",
            "Linen ad A", "linen apron|linen tea towel", 15, 116, 33_000, 250),
    _google("eu", "google_display", 4, "Display | Awareness", "Display", "Food lovers",
            "Banner 300x250|Banner 728x90", "", 0, 28, 2_500, 9_000),
    _google("nordics", "google_brand", 5, "Nordics | Brand", SEARCH, "Varumärke",
            "Varumärke annons A|Varumärke annons B", "pine harbour kaffe|pine & harbour",
            100, 420, 85_000, 30),
    _google("nordics", "google_nonbrand", 6, "Nordics | Kaffe", SEARCH, "Kaffebönor",
            "Bönor annons A|Bönor annons B", "kaffebönor online|espressobönor",
            100, 1360, 42_000, 300),
    _meta("eu", "meta_prospecting", 1, PROSPECTING, "Interests: coffee",
          "Carousel mugs|Video roastery", 60, 96, 11_000, 2_400),
    _meta("eu", "meta_prospecting", 1, PROSPECTING, "Lookalike 2 %",
          "Carousel mugs|Still life", 40, 110, 9_000, 1_800),
    _meta("eu", "meta_retargeting", 2, "Retargeting 30 days", "Visited, no order",
          "Reminder A|Reminder B", 100, 78, 14_000, 900),
    _meta("eu", "meta_boosted", 3, "Boosted posts", "Instagram post",
          "Post: our roastery|Post: our roastery", 0, 50, 8_000, 500),
    _meta("us", "meta_prospecting", 4, "US | Prospecting", "Broad 25-54",
          "Video roastery US|Carousel US", 100, 184, 9_500, 1_500),
    _meta("us", "meta_retargeting", 5, "US | Retargeting", "Cart, no order",
          "Reminder US", 100, 142, 13_000, 600),
)  # fmt: skip


@dataclass(frozen=True)
class Shop:
    """A Shopify store; its account name is the folder below exports/shopify."""

    name: str
    currency: str
    zone: str
    tax_name: str
    tax_percent: int
    is_tax_included: bool
    price_percent: int


SHOPS = (
    Shop("eu", "EUR", "Europe/Berlin", "VAT", 19, True, 100),
    Shop("us", "USD", "America/New_York", "State Tax", 8, False, 110),
)

# Units of the currency for one euro, times 10,000, around which the made-up rates wander
RATES = (
    ("USD", 10_850), ("GBP", 8_520), ("SEK", 112_400), ("DKK", 74_600), ("CHF", 9_430),
    ("NOK", 116_900), ("PLN", 42_700), ("CAD", 14_950), ("AUD", 16_620), ("JPY", 1_712_000),
)  # fmt: skip

MAIL_TOPICS = (
    "New harvest is here", "Your mug, your colour", "Three recipes for cold brew",
    "Free shipping weekend", "Meet the roaster", "Back in stock: linen", "Last call for spice",
    "A quiet corner for tea", "How we source", "The kettle guide",
)  # fmt: skip
