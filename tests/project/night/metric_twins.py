"""Each metric beside the plain SQL that must say the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rows:
    """What plain SQL reads, its day, and a column with MetricFlow's name of it."""

    sql: str
    day: str
    column: str = ""
    dimension: str = ""


ORDERS = Rows(
    """
        select orders.*, is_counted and not is_credit_note as is_sale, customer_360.lifecycle_stage
        from marts.orders
        inner join marts.customer_360 on customer_360.customer_id = orders.customer_id
    """,
    "order_date",
    "lifecycle_stage",
    "customer__lifecycle_stage",
)
AD_DAYS = Rows("from marts.ad_days", "ad_date", "platform", "ad_day__platform")
CREDITS = Rows(
    "from marts.attribution_channels",
    "attribution_date",
    "attribution_model",
    "attribution_channel__attribution_model",
)
SESSIONS = Rows("from marts.sessions", "session_date", "channel", "session__channel")
MESSAGES = Rows("from marts.messages", "sent_date", "channel", "message__channel")
CUSTOMERS = "from marts.customer_360"
ACQUIRED = ("acquisition_channel", "customer__acquisition_channel")
SEEN = Rows(CUSTOMERS, "first_seen_at", *ACQUIRED)
BUYERS = Rows(CUSTOMERS, "first_ordered_at", *ACQUIRED)
ANSWERS = Rows(CUSTOMERS, "nps_answered_at", *ACQUIRED)
EARNED_AND_SPENT = Rows(
    """
        select order_date as day, net_revenue, customer_order_number, null as spend
        from marts.orders
        union all
        select ad_date, null, null, spend from marts.ad_days
    """,
    "day",
)

IS_NEW = "filter (where customer_order_number = 1)"
IS_LATER = "filter (where customer_order_number >= 2)"
RETURNED = f"count(distinct customer_id) {IS_LATER}"
ACTIVE = "count(distinct customer_id) filter (where is_sale)"
REFUNDED = """
    coalesce(sum(refunded_amount) filter (where is_sale), 0)
    + coalesce(sum(-net_revenue) filter (where is_credit_note), 0)
"""
AGAIN = "count(*) filter (where order_count >= 2)"
BALANCE = """
    100 * (count(*) filter (where nps_score >= 9) - count(*) filter (where nps_score <= 6))
"""
ARRIVED = "count(*) filter (where is_delivered)"


def sale(amount: str) -> str:
    """The sum over what counts as an order."""
    return f"coalesce(sum({amount}) filter (where is_sale), 0)"


def happened(event: str) -> str:
    """Delivered messages to which something happened."""
    return f"count(*) filter (where is_delivered and {event})"


DISCOUNTED = sale("gross_revenue").replace("is_sale", "is_sale and discount_amount is not null")

TWINS = {
    ORDERS: {
        "net_revenue": "sum(net_revenue)",
        "gross_revenue": sale("gross_revenue"),
        "discount_amount": sale("discount_amount"),
        "discount_stated_revenue": DISCOUNTED,
        "subtotal_amount": sale("subtotal_amount"),
        "refunded_amount": REFUNDED,
        "order_count": "count(*) filter (where is_sale)",
        "new_customer_count": f"count(*) {IS_NEW}",
        "active_customer_count": ACTIVE,
        "returning_customer_count": RETURNED,
        "first_order_revenue": f"coalesce(sum(net_revenue) {IS_NEW}, 0)",
        "repeat_revenue": f"coalesce(sum(net_revenue) {IS_LATER}, 0)",
        "average_order_value": "sum(net_revenue) / nullif(count(*) filter (where is_sale), 0)",
        "discount_share": f"{sale('discount_amount')} / nullif({DISCOUNTED}, 0)",
        "refund_rate": f"({REFUNDED}) / nullif({sale('subtotal_amount')}, 0)",
        "returning_customer_share": f"{RETURNED} / nullif({ACTIVE}, 0)",
    },
    AD_DAYS: {
        "ad_spend": "sum(spend)",
        "ad_impressions": "sum(impressions)",
        "ad_clicks": "sum(clicks)",
        "claimed_conversions": "sum(platform_conversions)",
        "ad_click_through_rate": "sum(clicks) / nullif(sum(impressions), 0)",
        "cost_per_click": "sum(spend) / nullif(sum(clicks), 0)",
    },
    CREDITS: {
        "attributed_revenue": "sum(revenue)",
        "attributed_conversions": "sum(conversion_count)",
        "attributed_new_customers": "sum(new_customer_count)",
        "attribution_spend": "sum(spend)",
        "roas": "sum(revenue) / nullif(sum(spend), 0)",
        "cpa": "sum(spend) / nullif(sum(conversion_count), 0)",
        "cac": "sum(spend) / nullif(sum(new_customer_count), 0)",
    },
    EARNED_AND_SPENT: {
        "marketing_efficiency_ratio": "sum(net_revenue) / nullif(sum(spend), 0)",
        "blended_cac": f"sum(spend) / nullif(count(*) {IS_NEW}, 0)",
    },
    SESSIONS: {
        "session_count": "count(*)",
        "visitor_count": "count(distinct customer_id)",
        "bounce_count": "count(*) - count(*) filter (where is_engaged)",
        "cart_session_count": "count(*) filter (where cart_add_count >= 1)",
        "checkout_session_count": "count(*) filter (where has_checkout)",
        "order_session_count": "count(*) filter (where order_count >= 1)",
        "bounce_rate": "1 - count(*) filter (where is_engaged) / count(*)",
        "conversion_rate": "count(*) filter (where order_count >= 1) / count(*)",
    },
    MESSAGES: {
        "message_count": "count(*)",
        "delivered_message_count": ARRIVED,
        "opened_message_count": happened("opened_at is not null"),
        "machine_opened_message_count": happened("machine_opened_at is not null"),
        "clicked_message_count": happened("clicked_at is not null"),
        "unsubscribed_message_count": happened("unsubscribed_at is not null"),
        "open_rate": f"{happened('opened_at is not null')} / nullif({ARRIVED}, 0)",
        "machine_open_rate": f"{happened('machine_opened_at is not null')} / nullif({ARRIVED}, 0)",
        "click_rate": f"{happened('clicked_at is not null')} / nullif({ARRIVED}, 0)",
        "unsubscribe_rate": f"{happened('unsubscribed_at is not null')} / nullif({ARRIVED}, 0)",
    },
    SEEN: {"known_customer_count": "count(*) filter (where is_known)"},
    BUYERS: {
        "buyer_count": "count(first_ordered_at)",
        "repeat_buyer_count": AGAIN,
        "buyer_revenue": "coalesce(sum(net_revenue) filter (where order_count >= 1), 0)",
        "repeat_rate": f"{AGAIN} / nullif(count(first_ordered_at), 0)",
        "lifetime_value": "avg(net_revenue) filter (where order_count >= 1)",
    },
    ANSWERS: {
        "nps_response_count": "count(nps_score)",
        "nps_balance": BALANCE,
        "net_promoter_score": f"{BALANCE} / nullif(count(nps_score), 0)",
    },
}

ROWS_OF = {metric: rows for rows, metrics in TWINS.items() for metric in metrics}


def query(rows: Rows, group: str) -> str:
    """The text that names a group, and all metrics read from the same rows; NaN is no value."""
    columns = (f"coalesce(cast({sql} as double), 'nan')" for sql in TWINS[rows].values())
    return f"select cast({group} as varchar), {', '.join(columns)} from ({rows.sql}) group by 1"
