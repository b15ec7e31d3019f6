"""What is doubtful about single orders: states that no seed knows, and orders below zero.

Claims name orders by their ids and states where they are words; both are published as they are.
"""

from __future__ import annotations

import duckdb

from pipelines.checks.declare import Suite, at_most

ORDERS_OF_A_WORD = 2  # what one order alone has may be a name in the wrong column
EXAMPLES = 5  # named in a claim; its count says how many there are

UNKNOWN_STATES = rf"""
    with states as (
        select
            shop,
            payment_status,
            has_known_state,
            count(*) as order_count,
            sum(net_revenue) as net_revenue
        from marts.orders
        group by shop, payment_status, has_known_state
    ),
    shares as (
        select
            *,
            order_count / sum(order_count) over (partition by shop) as order_share,
            net_revenue / nullif(sum(net_revenue) over (partition by shop), 0) as revenue_share
        from states
    )
    select
        shop,
        case
            when order_count >= {ORDERS_OF_A_WORD}
                and regexp_full_match(payment_status, '[\pL _-]{{1,40}}') then payment_status
        end,
        order_share,
        coalesce(revenue_share, 0)
    from shares
    where not has_known_state
    order by order_share desc, shop, payment_status
    limit {EXAMPLES}
"""

BELOW_ZERO = f"""
    select order_id from marts.orders
    where net_revenue < 0 and not is_credit_note
    order by net_revenue, order_id
    limit {EXAMPLES}
"""

FRAME = """
    select
        count(distinct (shop, payment_status)) filter (where not has_known_state)
            as unknown_state_count,
        count(*) filter (where net_revenue < 0 and not is_credit_note) as below_zero_count
    from marts.orders
"""


def order_suite(connection: duckdb.DuckDBPyConnection) -> Suite:
    """Warnings with examples; none of them stops a run."""
    states = [_state(*row) for row in connection.execute(UNKNOWN_STATES).fetchall()]
    orders = [order_id for (order_id,) in connection.execute(BELOW_ZERO).fetchall()]
    known = _claim("the seed order_states has every state of an order", "not", states)
    above = _claim("no order that is no credit note earns less than nothing", "see", orders)
    return Suite(
        name="single_orders",
        table="marts.orders",
        frame=FRAME,
        checks=(
            at_most("unknown_state_count", 0, known, "warning"),
            at_most("below_zero_count", 0, above, "warning"),
        ),
    )


def _state(shop: str, state: str | None, order_share: float, revenue_share: float) -> str:
    name = f"`{state}`" if state else "a state that is no word"
    return (
        f"{name} of {shop}, {order_share:.1%} of its orders and {revenue_share:.1%} of its revenue"
    )


def _claim(claim: str, link: str, examples: list[str]) -> str:
    return f"{claim}; {link} {'; '.join(examples)}" if examples else claim
