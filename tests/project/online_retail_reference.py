"""What each customer of Online Retail II did, reckoned by pandas from the file alone.

It shares nothing with the warehouse: money is whole thousandths of a pound until an invoice is
rounded to the penny, half away from zero, and quotients are rounded in whole numbers too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

ZONE = "Europe/London"
COLUMNS = ["Invoice", "Quantity", "InvoiceDate", "Price", "Customer ID"]


def invoices(file: Path) -> pd.DataFrame:
    """One row per invoice with a customer: customer, is_sale, ordered_at (UTC), day, pence."""
    lines = pd.read_parquet(file, columns=COLUMNS).dropna(subset=["Customer ID"])
    lines["thousandths"] = (lines["Price"] * 1000).round().astype("int64") * lines["Quantity"]
    lines["local_time"] = pd.to_datetime(lines["InvoiceDate"])
    found = lines.groupby("Invoice").agg(
        customer=("Customer ID", "first"),
        local_time=("local_time", "min"),
        thousandths=("thousandths", "sum"),
    )
    found["customer"] = found["customer"].astype("int64")
    found["is_sale"] = ~found.index.str.startswith(("C", "A"))
    found["ordered_at"] = found["local_time"].dt.tz_localize(ZONE).dt.tz_convert(None)
    found["day"] = found["local_time"].dt.normalize()
    found["pence"] = _divided(found["thousandths"], 10)
    return found


def customers(invoices: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """One row per customer of the file: money in pence, days between in hundredths of a day."""
    sales = invoices[invoices["is_sale"]].sort_values(["ordered_at", "Invoice"])
    bought = sales.groupby("customer")
    found = invoices.groupby("customer").agg(net_revenue=("pence", "sum"))
    found["order_count"] = bought.size().reindex(found.index, fill_value=0)
    found["average_order_value"] = _divided(found["net_revenue"], found["order_count"])
    found["first_ordered_at"] = bought["ordered_at"].min()
    found["last_ordered_at"] = bought["ordered_at"].max()
    span = (bought["day"].max() - bought["day"].min()).dt.days
    gaps = bought["day"].diff().dt.days.groupby(sales["customer"])
    found["average_days_between_orders"] = _divided(span * 100, bought.size() - 1)
    found["median_days_between_orders"] = gaps.median() * 100
    found["days_since_last_order"] = (as_of - bought["day"].max()).dt.days
    return found


def scores(customers: pd.DataFrame) -> pd.DataFrame:
    """Recency, frequency and monetary score of who ordered: fifths, by the middle rank of ties."""
    buyers = customers[customers["order_count"] > 0]
    return pd.DataFrame(
        {
            "recency_score": _fifth(-buyers["days_since_last_order"]),
            "frequency_score": _fifth(buyers["order_count"]),
            "monetary_score": _fifth(buyers["net_revenue"]),
        }
    )


def _fifth(values: pd.Series[Any]) -> pd.Series[Any]:
    """How many fifths lie below; of two that meet at a rank, the one nearer to the middle."""
    doubled_rank = (2 * values.rank(method="average")).astype("int64") - 1
    from_middle = doubled_rank - len(values)
    steps = (5 * from_middle.abs() + len(values) - 1) // (2 * len(values))
    return 3 + steps.where(from_middle > 0, -steps)


def _divided(part: pd.Series[Any], whole: pd.Series[Any] | int) -> pd.Series[Any]:
    """The whole quotient, half away from zero; nothing where the divisor is not above 0."""
    divisor = pd.Series(whole, index=part.index).astype("Int64")
    divisor = divisor.where(divisor > 0)
    size = part.astype("Int64").abs()
    quotient = (2 * size + divisor) // (2 * divisor)
    return quotient.where(part >= 0, -quotient)
