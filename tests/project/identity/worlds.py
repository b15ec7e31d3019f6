"""Small random worlds, full of shared numbers, addresses and browsers, and two large ones."""

from __future__ import annotations

from random import Random

from tests.project.identity.reference import Event, Pair, Record, World

NAMES = ("Ada Lovelace", "Ada Lovelace", "Ida Lovelace", "Ada Byron", "Eva Byron", "Ida")
NO_NAMES = (None, None, "A. Lovelace", "Guest Customer", "Mr Byron")


def small(number: int) -> World:
    """A world of a few people, who share a good deal."""
    draw = Random(number)  # noqa: S311 (the same worlds each time)

    def one_of(kind: str, count: int) -> Pair:
        drawn = draw.randrange(count)
        written = {"email": "{}@w{}.example.com", "phone": "+4930{}5{:04}"}.get(kind, "{}w{}")
        return (kind, written.format(drawn, number))

    def some(*kinds: tuple[str, int, float]) -> tuple[Pair, ...]:
        return tuple(one_of(kind, n) for kind, n, share in kinds if draw.random() < share)

    def role() -> tuple[Pair, ...]:
        return (("email", f"info@w{number}.example.com"),) if draw.random() < 0.1 else ()

    records = tuple(
        Record(
            f"{kind}:{n}w{number}",
            some(("email", 7, 0.4), ("phone", 3, 0.5), *more) or role(),
            draw.choice(NAMES + NO_NAMES),
        )
        for kind, count, more in (
            ("order_id", draw.randrange(10), (("shop_customer_id", 4, 0.3),)),
            ("lead_id", draw.randrange(5), (("user_id", 3, 0.3),)),
        )
        for n in range(count)
    )
    owners = [record.own for record in records] or [""]
    kinds = ("checkout_token", "click_id", "email_click_id")
    carried = {(draw.choice(owners), one_of(draw.choice(kinds), 5)) for _ in range(8)}
    carried = {
        (own, token)
        for own, token in carried
        if own.startswith("order") or (own and token[0] == "email_click_id")
    }
    orders = [own for own in owners if own.startswith("order")]
    carried |= {(own, ("order_id", own.partition(":")[2])) for own in orders}
    tokens = sorted(token for _, token in carried)
    events = tuple(
        Event(
            n,
            draw.randrange(400),
            some(
                ("anonymous_id", 3, 0.9),
                ("device_id", 2, 0.1),
                ("user_id", 3, 0.2),
                ("email", 7, 0.1),
                ("phone", 3, 0.05),
            )
            or role(),
            (draw.choice(tokens),) if tokens and draw.random() < 0.2 else (),
            draw.random() < 0.1,
        )
        for n in range(draw.randrange(40))
    )
    merged = f"lead_id:{draw.randrange(5)}w{number}"
    is_merged = draw.random() < 0.3 and owners[-1].startswith("lead") and owners[-1] != merged
    return World(
        records,
        tuple(event for event in events if event.identifiers),
        tuple(sorted(carried)),
        ((owners[-1], merged),) if is_merged else (),
    )


def call_centre(people: int) -> World:
    """So many orders with an address each and one telephone number."""
    return World(
        tuple(
            Record(
                f"order_id:{n}hub",
                (("email", f"{n}@hub.example.com"), ("phone", "+493012345678")),
                name,
            )
            for n, name in zip(range(people), NAMES * people, strict=False)
        )
    )


def chain(hops: int) -> World:
    """Orders each of which has the next one's address too."""
    return World(
        tuple(
            Record(
                f"order_id:{n}chain",
                (("email", f"{n}@chain.example.com"), ("user_id", f"{(n + 1) // 2}chain"))
                if n % 2
                else (("email", f"{n + 1}@chain.example.com"), ("user_id", f"{n // 2}chain")),
            )
            for n in range(hops)
        )
    )
