"""Balances by age without documents: kept as the summary says, aged, never claimed (rules.md 11.6, `AGED_ONLY`)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import AgedDraft
from creditdesk.models import AgedBalance, Buyer, Client, ImportBatch
from creditdesk.services.ledger import matching, problems, sources
from creditdesk.services.ledger.values import AgedTakenIn, BatchId, CurrencyTotals

KIND = "aged"


@dataclass(frozen=True, slots=True)
class AgedLine:
    """What one buyer owes in one currency by the latest summary, by the summary's own columns.

    `columns`: heading, first and last day overdue (None: not due, without end), amount. `total` is their sum.
    """

    client_id: int
    client: str
    buyer_id: int
    buyer: str
    as_of: date
    total: Money
    columns: tuple[tuple[str, int | None, int | None, Money], ...]
    file_name: str
    batch: int


def compare(session: Session, client_id: int, draft: AgedDraft) -> AgedTakenIn:
    """What taking the summary in would do; nothing is written."""
    matched = matching.match(
        session, client_id, (each.buyer for each in draft.balances)
    )
    return _told(session, client_id, draft, matched)


def take_in(
    session: Session, client_id: int, draft: AgedDraft, content: bytes | None
) -> AgedTakenIn:
    """Keep the summary's balances as one batch; of two batches of one day the later one counts."""
    matched = matching.match(
        session, client_id, (each.buyer for each in draft.balances)
    )
    told = _told(session, client_id, draft, matched)
    if not told.added and not told.changed:
        return told
    batch = _batch(session, client_id, draft, told)
    if content is not None:
        batch.document_id = sources.keep(session, client_id, draft.source, content).id
    session.add(batch)
    session.flush()  # every row below carries its number
    real = matching.write(session, client_id, matched, batch.id)
    own = {"client_id": client_id, "batch_id": batch.id}
    session.execute(
        insert(AgedBalance),
        [{**row, **own} for row in _rows(draft, matched, real).values()],
    )
    note(
        session, "taken in", "import_batch", batch.id, client_id=client_id,
        after={"file": batch.file_name, **batch.counts},
    )  # fmt: skip
    return replace(told, batch=BatchId(batch.id))


def lines(
    session: Session, client_id: int | None, buyer_id: int | None, day: date | None
) -> tuple[AgedLine, ...]:
    """The latest balances of each buyer and currency up to a day (None: of all days), by client and buyer."""
    newest = _newest(day).subquery()
    statement = (
        select(AgedBalance, Buyer.name, Client.name, ImportBatch.file_name)
        .join(
            newest,
            (AgedBalance.buyer_id == newest.c.buyer_id)
            & (AgedBalance.currency == newest.c.currency)
            & (AgedBalance.batch_id == newest.c.batch_id),
        )
        .join(Buyer, Buyer.id == AgedBalance.buyer_id)
        .join(Client, Client.id == AgedBalance.client_id)
        .join(ImportBatch, ImportBatch.id == AgedBalance.batch_id)
        .order_by(Client.name, Buyer.name, AgedBalance.currency, AgedBalance.place)
    )
    if client_id is not None:
        statement = statement.where(AgedBalance.client_id == client_id)
    if buyer_id is not None:
        statement = statement.where(AgedBalance.buyer_id == buyer_id)
    groups: defaultdict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in session.execute(statement):
        groups[row[0].buyer_id, row[0].currency].append(row)
    return tuple(map(_line, groups.values()))


def held_against(
    session: Session, client_id: int, draft: AgedDraft
) -> tuple[
    dict[tuple[int, str, int], dict[str, Any]], dict[tuple[int, str], dict[int, int]]
]:
    """The summary's figures by buyer (negative: nobody knows it), currency and column; and the desk's of that day."""
    matched = matching.match(
        session, client_id, (each.buyer for each in draft.balances)
    )
    return _rows(draft, matched, {}), _there(session, client_id, draft.as_of)


def _newest(day: date | None) -> Select[int, str, int]:
    """The batch that tells the latest day of each buyer and currency; of two of one day the later import."""
    order = (AgedBalance.as_of.desc(), AgedBalance.batch_id.desc())
    rank = func.row_number().over(
        partition_by=(AgedBalance.buyer_id, AgedBalance.currency), order_by=order
    )
    ranked = select(
        AgedBalance.buyer_id,
        AgedBalance.currency,
        AgedBalance.batch_id,
        rank.label("rank"),
    )
    if day is not None:
        ranked = ranked.where(AgedBalance.as_of <= day)
    found = ranked.subquery()
    return select(found.c.buyer_id, found.c.currency, found.c.batch_id).where(
        found.c.rank == 1
    )


def _line(rows: Sequence[Any]) -> AgedLine:
    first, buyer, client, file_name = rows[0]
    columns = tuple(
        (
            each.header,
            each.from_days,
            each.to_days,
            Money.of_fine(each.amount_fine, each.currency),
        )
        for each, *_ in rows
    )
    total = Money.total((amount for *_, amount in columns), first.currency)
    return AgedLine(
        first.client_id, client, first.buyer_id, buyer, first.as_of, total, columns, file_name, first.batch_id,
    )  # fmt: skip


def _rows(
    draft: AgedDraft, matched: matching.Matched, real: Mapping[int, int]
) -> dict[tuple[int, str, int], dict[str, Any]]:
    """The balances by their key; two rows of one buyer are added."""
    rows: dict[tuple[int, str, int], dict[str, Any]] = {}
    for each in draft.balances:
        number = matched.of(each.buyer)
        buyer = real.get(number, number)
        key = (buyer, each.amount.currency, each.place)
        if key in rows:
            rows[key]["amount_fine"] += each.amount.fine
            continue
        rows[key] = {
            "buyer_id": buyer,
            "as_of": draft.as_of,
            "currency": each.amount.currency,
            "place": each.place,
            "header": each.header,
            "from_days": each.from_days,
            "to_days": each.to_days,
            "amount_fine": each.amount.fine,
            "row": each.row,
        }
    return rows


def _told(
    session: Session,
    client_id: int,
    draft: AgedDraft,
    matched: matching.Matched,
) -> AgedTakenIn:
    there = _there(session, client_id, draft.as_of)
    rows = _rows(draft, matched, {})
    groups: defaultdict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for (buyer, currency, place), row in rows.items():
        groups[buyer, currency][place] = row["amount_fine"]
    added = sum(1 for key in groups if key not in there)
    same = sum(1 for key, places in groups.items() if there.get(key) == places)
    return AgedTakenIn(
        batch=None,
        as_of=draft.as_of,
        rows_read=draft.rows_read,
        added=added,
        changed=len(groups) - added - same,
        unchanged=same,
        buyers_added=len(matched.new),
        rejected=draft.rejected,
        skipped=draft.skipped,
        totals=_totals(draft),
        joined=tuple(matched.joined),
        asked=tuple(matched.asked),
    )


def _there(
    session: Session, client_id: int, day: date
) -> dict[tuple[int, str], dict[int, int]]:
    """The figures the desk shows for this very day, by buyer and currency."""
    newest = _newest(day).subquery()
    found = session.execute(
        select(
            AgedBalance.buyer_id,
            AgedBalance.currency,
            AgedBalance.place,
            AgedBalance.amount_fine,
        )
        .join(
            newest,
            (AgedBalance.buyer_id == newest.c.buyer_id)
            & (AgedBalance.currency == newest.c.currency)
            & (AgedBalance.batch_id == newest.c.batch_id),
        )
        .where(AgedBalance.client_id == client_id, AgedBalance.as_of == day)
    )
    there: defaultdict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for buyer, currency, place, amount in found:
        there[buyer, currency][place] = amount
    return there


def _totals(draft: AgedDraft) -> dict[str, CurrencyTotals]:
    sums: dict[str, Money] = {}
    buyers: defaultdict[str, set[str]] = defaultdict(set)
    for each in draft.balances:
        code = each.amount.currency
        sums[code] = sums.get(code, Money.zero(code)) + each.amount
        buyers[code].add(each.buyer.code or each.buyer.name)
    return {
        code: CurrencyTotals(len(buyers[code]), total, total)
        for code, total in sorted(sums.items())
    }


def _batch(
    session: Session, client_id: int, draft: AgedDraft, told: AgedTakenIn
) -> ImportBatch:
    database: Database = session.info["database"]
    return ImportBatch(
        client_id=client_id,
        file_name=draft.source.file_name,
        digest=draft.source.digest,
        sheet=draft.source.sheet,
        header_row=draft.source.header_row,
        taken_at=database.now(),
        who=database.who,
        columns=dict(draft.columns),
        counts={
            "rows_read": told.rows_read,
            "balances_added": told.added,
            "balances_updated": told.changed,
            "balances_unchanged": told.unchanged,
            "buyers_added": told.buyers_added,
        },
        totals={
            code: {
                "count": str(sums.count),
                "amount": sums.amount.plain,
                "open": sums.open.plain,
            }
            for code, sums in told.totals.items()
        },
        rejected=list(map(problems.to_json, draft.rejected)),
        skipped=list(map(problems.to_json, draft.skipped)),
        notes=list(map(problems.to_json, draft.notes)),
        kind=KIND,
        format="",
        file_totals={name: f"{value:f}" for name, value in draft.file_totals.items()},
        control={},
    )
