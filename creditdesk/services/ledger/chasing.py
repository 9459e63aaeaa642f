"""What is late of buyers, as letters remind them of it (rules.md 14.6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.ledger.aging import Aging, AgingRow, age
from creditdesk.domain.ledger.bills import BillOutcome
from creditdesk.domain.ledger.chasing import LateItem, Reminder, sums
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.models import BillEnd, BillTransfer, Buyer, Invoice
from creditdesk.readings.disputes import NotOwed, not_owed
from creditdesk.readings.particulars import particulars
from creditdesk.readings.parties import buyer_party, client_party
from creditdesk.readings.queries import (
    DocumentKey,
    PaperNumber,
    ledger_items,
    name_of,
    paper_numbers,
)

_INVOICE = DocumentKind.INVOICE.value


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands in the rows of the late documents beside their ages."""

    rows: Mapping[DocumentKey, Invoice]
    papers: Mapping[DocumentKey, PaperNumber]
    not_owed: NotOwed
    held_by_others: frozenset[int]
    refused: frozenset[int]


def reminder(session: Session, buyer_id: int, on: date) -> Reminder:
    """Everything late of one buyer; whether a letter may be written it says itself."""
    client = session.scalars(select(Buyer.client_id).where(Buyer.id == buyer_id)).one()
    return next(_reminders(session, client, (buyer_id,), on))


def reminders(session: Session, client_id: int, on: date) -> tuple[Reminder, ...]:
    """Of every buyer of a client of which something is late, by name."""
    items = ledger_items(session, client_id=client_id)
    aging = age(items.documents, items.receipts, on)
    late = tuple(dict.fromkeys(row.buyer for row in aging.rows if row.is_overdue))
    return tuple(sorted(_reminders(session, client_id, late, on), key=lambda each: each.buyer.name))  # fmt: skip


def _reminders(
    session: Session, client_id: int, buyers: Sequence[int], on: date
) -> Iterator[Reminder]:
    if not buyers:
        return
    items = ledger_items(session, buyer_ids=list(buyers))
    aging = age(items.documents, items.receipts, on)
    late = [row for row in aging.rows if row.is_overdue]
    known = _known(session, buyers, late)
    client = client_party(session, client_id)
    own_size = particulars(session, Owner(of=Of.CLIENT, id=client_id)).get("client.size", "")  # fmt: skip
    for buyer in buyers:
        facts = particulars(session, Owner(of=Of.BUYER, id=buyer))
        yield Reminder(
            client=client,
            buyer=buyer_party(session, buyer),
            buyer_id=buyer,
            on=on,
            items=tuple(_item(row, known) for row in late if row.buyer == buyer),
            unassigned=_unassigned(aging, buyer),
            due_open=sums(
                row.open
                for row in aging.rows
                if row.buyer == buyer and row.due_missing and row.id[2] == _INVOICE
            ),
            size=facts.get("buyer.size", ""),
            own_size=own_size,
        )


def _known(
    session: Session, buyers: Sequence[int], late: Sequence[AgingRow[DocumentKey, int]]
) -> _Known:
    numbers = {row.id for row in late}
    found = session.scalars(select(Invoice).where(Invoice.buyer_id.in_(buyers), Invoice.due.is_not(None)))  # fmt: skip
    rows = {(row.buyer_id, row.number, row.kind): row for row in found}
    rows = {key: row for key, row in rows.items() if key in numbers}
    ids = [row.id for row in rows.values()]
    passed = session.scalars(select(BillTransfer.invoice_id).where(BillTransfer.invoice_id.in_(ids)))  # fmt: skip
    refused = frozenset(
        session.scalars(
            select(BillEnd.invoice_id).where(
                BillEnd.invoice_id.in_(ids),
                BillEnd.outcome == BillOutcome.REFUSED.value,
            )
        )
    )
    papers = paper_numbers(session, buyer_ids=list(buyers))
    return _Known(rows, papers, not_owed(session, buyers), frozenset(passed) - refused, refused)  # fmt: skip


def _item(row: AgingRow[DocumentKey, int], known: _Known) -> LateItem:
    record = known.rows.get(row.id)
    paper = known.papers.get(row.id)
    disputed = known.not_owed.get((row.buyer, row.id[1]), 0)
    if record is not None:
        disputed += record.disputed_fine
    bill = mark_of(record.memo, Mark.BILL) if record is not None else None
    if record is not None and record.id in known.refused:
        bill = None
    assert row.due is not None  # noqa: S101 - only what is overdue is asked for, and it has a day
    return LateItem(
        number=paper.number if paper else row.id[1],
        issued=row.issued,
        due=row.due,
        days_overdue=row.days_overdue,
        open=row.open,
        disputed=Money.of_fine(disputed, row.open.currency),
        name=name_of(record) if record is not None else None,
        bill=bill,
        is_passed_on=record is not None and record.id in known.held_by_others,
        delivered=record.shipped if record is not None else None,
    )


def _unassigned(aging: Aging[DocumentKey, int], buyer: int) -> tuple[Money, ...]:
    accounts = aging.by_buyer.get(buyer, {})
    return sums(each.unapplied for each in accounts.values())
