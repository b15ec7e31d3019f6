"""Why a customer is one: their records, what each carries, and which of it joins it to others.

And since when: with whom the nights saw the customer merged or parted, and by which identifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from pipelines.errors import ActionableError

# Addresses, numbers and names of people never show unless asked for; systems' ids do
CONTACTS = ("email", "phone", "recipient_id")
LINKS = f"""
    with carried as (
        select
            customer_identifiers.*,
            split_part(source_record_id, ':', 1) as record_type,
            $show or not (
                identifier_type in {CONTACTS} or contains(identifier, '@')
            ) as is_identifier_shown,
            $show or not (
                record_type in {CONTACTS} or contains(source_record_id, '@')
            ) as is_record_shown
        from marts.customer_identifiers
        where customer_id = $customer_id
    ),
    joined as (
        select link_id, count(distinct source_record_id) - 1 as other_count
        from carried where link_id is not null group by link_id
    )
    select
        strftime(carried.first_seen_at, '%Y-%m-%d %H:%M') as since,
        if(
            carried.is_record_shown, carried.source_record_id,
            concat(carried.record_type, ' #', left(md5(carried.source_record_id), 8))
        ) as record,
        carried.identifier_type as carries,
        if(
            carried.is_identifier_shown, carried.identifier,
            concat('#', left(md5(carried.identifier), 8))
        ) as identifier,
        concat_ws(' ', carried.link_reason, carried.link_probability) as why,
        coalesce(joined.other_count, 0) as joins
    from carried
    left join joined on joined.link_id = carried.link_id
    where carried.link_reason <> 'own'
        or not exists (
            from carried as others
            where others.source_record_id = carried.source_record_id
                and others.link_reason <> 'own'
        )
    order by carried.first_seen_at nulls last, record, carries, identifier
"""
CHANGES = f"""
    select
        strftime(changed_on, '%Y-%m-%d') as night,
        change_kind as change,
        former_customer_id as former,
        customer_id as since,
        record_count as records,
        identifier_type as by,
        if(
            $show or not (identifier_type in {CONTACTS} or contains(identifier, '@')),
            identifier, concat('#', left(md5(identifier), 8))
        ) as identifier,
        link_reason as why
    from marts.identity_changes
    where $customer_id in (former_customer_id, customer_id)
    order by night_number, change, former, since
"""
HEIRS = """
    select customer_id, strftime(changed_on, '%Y-%m-%d')
    from marts.identity_changes
    where former_customer_id = $customer_id
    order by night_number desc, change_kind = 'split', record_count desc, customer_id
    limit 1
"""


def links_table(database: Path, customer_id: str, *, with_contacts: bool) -> Table:
    """What ties a customer's records together; `joins` counts the other records by each of it.

    `with_contacts` shows addresses and numbers: personal data.
    """
    names, rows = _answer(database, LINKS, customer_id=customer_id, show=with_contacts)
    if not rows:
        raise ActionableError(_whereabouts(database, customer_id))
    table = _table(names, rows)
    table.caption = f"{len({row[1] for row in rows}):,} records"
    table.caption_justify = "left"
    return table


def changes_table(database: Path, customer_id: str, *, with_contacts: bool) -> Table | None:
    """The merges, splits and renamings of a customer, or nothing when there are none."""
    names, rows = _answer(database, CHANGES, customer_id=customer_id, show=with_contacts)
    return _table(names, rows) if rows else None


def _whereabouts(database: Path, customer_id: str) -> str:
    _, heirs = _answer(database, HEIRS, customer_id=customer_id)
    for heir, night in heirs:
        return f"no customer {customer_id} since {night}; explain {heir}, whose the records became"
    return f"no customer {customer_id}; marts.customer_identifiers lists them"


def _answer(
    database: Path, query: str, **parameters: object
) -> tuple[list[str], list[tuple[Any, ...]]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        result = connection.execute(query, parameters)
        return [column[0] for column in result.description or ()], result.fetchall()


def _table(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Table:
    table = Table(*names, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    return table
