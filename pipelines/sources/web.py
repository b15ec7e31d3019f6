"""Web events: Segment or RudderStack event logs, and the BigQuery export of Google Analytics 4.

Segment (https://segment.com/docs/connections/spec/) and RudderStack write one JSON object a line,
whose `messageId` names the event; hand-made senders leave it out, spell `user_id` and `action` for
`userId` and `type`, and sometimes give no time at all. An event without an id still has its content
for a name (made in staging); an event without any time can stand nowhere and is rejected.

GA4 (https://support.google.com/analytics/answer/7029846) is one row per event with its parameters
in an array of key and value, as JSON lines or nested Parquet. A parameter's value stands in one of
four typed fields, and which one changes from event to event. JSON writes its integers as text.
"""

from __future__ import annotations

from pipelines.exports.declare import (
    DECIMAL,
    EPOCH_MICROSECONDS,
    INTEGER,
    JSON,
    MONEY,
    TEXT,
    TIMESTAMP,
    Column,
    Export,
    Keyed,
)

FILES = ("*.json", "*.jsonl", "*.ndjson", "*.json.gz", "*.jsonl.gz", "*.gz", "*.parquet")

SEGMENT_EVENTS = Export(
    vendor="web",
    name="segment_events",
    title="Segment or RudderStack events",
    files=FILES,
    shape="documents",
    columns=(
        Column("messageId", "message_id", TEXT),
        Column(("anonymousId", "anonymous_id"), "anonymous_id", TEXT),
        Column(("userId", "user_id"), "user_id", TEXT),
        Column(("type", "action"), "event_type", TEXT, filled=True),
        Column("event", "event", TEXT),
        Column("name", "page_name", TEXT),
        Column(
            ("traits.email", "context.traits.email", "properties.email"),
            "email",
            TEXT,
        ),
        Column(
            ("traits.phone", "context.traits.phone", "properties.phone"),
            "phone",
            TEXT,
        ),
        Column(("context.page.url", "properties.url"), "page_url", TEXT),
        Column(("context.page.referrer", "properties.referrer"), "referrer", TEXT),
        Column(("context.page.title", "properties.title"), "page_title", TEXT),
        Column("context.campaign.source", "campaign_source", TEXT),
        Column("context.campaign.medium", "campaign_medium", TEXT),
        Column("context.campaign.name", "campaign_name", TEXT),
        Column("context.campaign.term", "campaign_term", TEXT),
        Column("context.campaign.content", "campaign_content", TEXT),
        Column(("context.userAgent", "context.user_agent"), "user_agent", TEXT),
        Column("context.device.type", "device_type", TEXT),
        Column("context.device.id", "device_id", TEXT),
        Column("context.device.token", "device_token", TEXT),
        Column("context.os.name", "os_name", TEXT),
        Column("context.locale", "language", TEXT),
        Column("context.timezone", "time_zone", TEXT),
        Column("context.location.country", "country", TEXT),
        Column("context.sessionId", "session_id", TEXT),
        Column("properties.order_id", "order_id", TEXT),
        Column(("properties.checkout_token", "properties.checkout_id"), "checkout_token", TEXT),
        Column(("properties.cart_token", "properties.cart_id"), "cart_token", TEXT),
        Column("properties.product_id", "product_id", TEXT),
        Column("properties.sku", "sku", TEXT),
        Column("properties.category", "category", TEXT),
        Column("properties.revenue", "revenue", MONEY),
        Column("properties.total", "total", MONEY),
        Column("properties.currency", "currency", TEXT),
        Column("properties.experiment_id", "experiment_id", TEXT),
        Column("properties.experiment_name", "experiment_name", TEXT),
        Column("properties.variation_id", "variation_id", TEXT),
        Column("properties.variation_name", "variation_name", TEXT),
        Column("properties", "properties", JSON),
        Column("traits", "traits", JSON),
        # `timestamp` is corrected for the visitor's clock, so it comes first
        Column(
            ("timestamp", "originalTimestamp", "sentAt", "receivedAt"),
            "occurred_at",
            TIMESTAMP,
            filled=True,
        ),
        Column("originalTimestamp", "original_occurred_at", TIMESTAMP),
        Column(("receivedAt", "received_at"), "received_at", TIMESTAMP),
    ),
    dated_by="occurred_at",
    description="One row per call of the tracking library that was received, repeats included.",
)


def parameter(key: str) -> Keyed:
    """The event parameter `key`, in whichever typed field its value stands."""
    kinds = ("string_value", "int_value", "double_value", "float_value")
    return Keyed("event_params", key, values=tuple(f"value.{kind}" for kind in kinds))


GA4_EVENTS = Export(
    vendor="web",
    name="ga4_events",
    title="Google Analytics 4 BigQuery export",
    files=FILES,
    shape="documents",
    columns=(
        Column("event_name", "event_name", TEXT, filled=True),
        Column("user_pseudo_id", "user_pseudo_id", TEXT),
        Column("user_id", "user_id", TEXT),
        Column("event_timestamp", "event_timestamp", INTEGER, filled=True),
        Column(parameter("ga_session_id"), "ga_session_id", TEXT),
        Column(parameter("ga_session_number"), "ga_session_number", INTEGER),
        Column("batch_page_id", "batch_page_id", INTEGER),
        Column("batch_ordering_id", "batch_ordering_id", INTEGER),
        Column("batch_event_index", "batch_event_index", INTEGER),
        Column(parameter("page_location"), "page_location", TEXT),
        Column(parameter("page_referrer"), "page_referrer", TEXT),
        Column(parameter("page_title"), "page_title", TEXT),
        Column(parameter("source"), "parameter_source", TEXT),
        Column(parameter("medium"), "parameter_medium", TEXT),
        Column(parameter("campaign"), "parameter_campaign", TEXT),
        Column(parameter("term"), "parameter_term", TEXT),
        Column(parameter("content"), "parameter_content", TEXT),
        Column(parameter("gclid"), "parameter_gclid", TEXT),
        Column(parameter("engagement_time_msec"), "engagement_milliseconds", INTEGER),
        Column(parameter("transaction_id"), "parameter_transaction_id", TEXT),
        # shops that send their checkout's token do it in parameters of their own
        Column(parameter("checkout_token"), "checkout_token", TEXT),
        Column(parameter("cart_token"), "cart_token", TEXT),
        Column(parameter("currency"), "currency", TEXT),
        Column(parameter("value"), "event_value", MONEY),
        Column("collected_traffic_source.manual_source", "collected_source", TEXT),
        Column("collected_traffic_source.manual_medium", "collected_medium", TEXT),
        Column("collected_traffic_source.manual_campaign_name", "collected_campaign", TEXT),
        Column("collected_traffic_source.manual_term", "collected_term", TEXT),
        Column("collected_traffic_source.manual_content", "collected_content", TEXT),
        Column("collected_traffic_source.gclid", "collected_gclid", TEXT),
        # where the visitor came from the first time ever, repeated on each of their events
        Column("traffic_source.source", "first_source", TEXT),
        Column("traffic_source.medium", "first_medium", TEXT),
        Column("traffic_source.name", "first_campaign", TEXT),
        Column("device.category", "device_category", TEXT),
        Column("device.operating_system", "operating_system", TEXT),
        Column("device.language", "language", TEXT),
        Column("geo.country", "country", TEXT),
        Column("geo.region", "region", TEXT),
        Column("geo.city", "city", TEXT),
        Column("ecommerce.transaction_id", "transaction_id", TEXT),
        Column("ecommerce.purchase_revenue", "purchase_revenue", MONEY),
        Column("ecommerce.total_item_quantity", "item_quantity", DECIMAL),
        Column("items", "items", JSON),
        Column("stream_id", "stream_id", TEXT),
        Column("platform", "platform", TEXT),
        Column("event_timestamp", "occurred_at", EPOCH_MICROSECONDS, filled=True),
    ),
    nulls=("(not set)",),
    dated_by="occurred_at",
    description="One row per event of a daily or intraday table that was exported.",
)

EXPORTS: tuple[Export, ...] = (SEGMENT_EVENTS, GA4_EVENTS)
