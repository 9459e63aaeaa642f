"""Bills among the receipts of a file: no cash before their maturity, and no receipt. rules.md 14.2."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.ledger.documents import DocumentKind, DueBy
from creditdesk.domain.ledger.marks import Mark, marked
from creditdesk.domain.ledger.naming import references
from creditdesk.domain.ledger.rows import DocumentRow
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.rows.lines import LedgerLine

_Places = defaultdict[tuple[str, str], list[int]]


@dataclass(frozen=True, slots=True)
class Bill:
    """A receipt that is a bill, and the numbers of the documents it names."""

    line: LedgerLine
    pays: str


def bill_words(bill: str, matures: date | None) -> str:
    """The bill as a document's memo names it."""
    return f"{bill} {matures.isoformat()}" if matures else bill


def with_bills(
    documents: Sequence[DocumentRow], bills: Iterable[Bill]
) -> tuple[Sequence[DocumentRow], tuple[Problem, ...]]:
    """The documents, due at the maturity of the bill that was taken for them, and what became of each bill.

    A bill over less than the invoices it names moves none of them: the rest would be due too late.
    """
    taken = tuple(bills)
    if not taken:
        return documents, ()
    places: _Places = defaultdict(list)
    for place, each in enumerate(documents):
        if each.kind == DocumentKind.INVOICE and each.part_kind != PartKind.RETENTION:
            places[each.buyer.code or each.buyer.name, each.number].append(place)
    moved = list(documents)
    told = []
    for bill in taken:
        named = tuple(_named(bill, places))
        told.append(_told(bill, [moved[place] for place in named]))
        if bill.line.due and _covers(bill, [moved[place] for place in named]):
            for place in named:
                moved[place] = _until(moved[place], bill.line)
    return moved, tuple(told)


def _named(bill: Bill, places: _Places) -> Iterator[int]:
    for number in references(bill.pays):
        yield from places.get((bill.line.buyer_key, number), ())


def _covers(bill: Bill, named: Sequence[DocumentRow]) -> bool:
    amount = bill.line.amount
    if not named or {each.currency for each in named} != {amount.currency}:
        return False
    return sum(each.amount_fine for each in named) <= amount.fine


def _until(document: DocumentRow, line: LedgerLine) -> DocumentRow:
    assert line.due is not None  # noqa: S101 - just asked
    return document._replace(
        due=line.due.isoformat(),
        due_by=DueBy.FILE.value,
        memo=marked(document.memo, Mark.BILL, bill_words(line.bill, line.due)),
    )


def _told(bill: Bill, named: Sequence[DocumentRow]) -> Problem:
    line = bill.line
    text = N_(
        "A bill ({bill}) over {amount} is no cash before its maturity on {due}, and no receipt: {numbers} stays open "
        "and falls due on that day."
    )
    if line.due is None:
        text = N_(
            "A bill ({bill}) over {amount} is no cash before its maturity, and no receipt. The file doesn't say when "
            "it matures: due dates stay as they are."
        )
    elif not named:
        text = N_(
            "A bill ({bill}) over {amount} is no cash before its maturity on {due}, and no receipt. The invoice it "
            "pays is not in this file: its due date stays as it is."
        )
    elif not _covers(bill, named):
        text = N_(
            "A bill ({bill}) over {amount} is no cash before its maturity on {due}, and no receipt. It pays only a "
            "part of {numbers}: the due date stays as it is."
        )
    reason = Message.of(
        text,
        bill=line.bill,
        amount=line.amount,
        due=line.due,
        numbers=tuple(dict.fromkeys(each.number for each in named)),
    )
    return Problem(reason, line.row, value=line.number)
