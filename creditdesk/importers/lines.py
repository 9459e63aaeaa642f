"""One row of a ledger as values; rows of one document joined; what a document and its payments become."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.ledger import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
)
from creditdesk.domain.money import Money
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.cells import Row


class Role(StrEnum):
    """What a row is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row. `amount` is positive whatever the role, `paid` and `open` have its sign; None: the row doesn't say.

    `cells` is the whole row as it stands, `number` may be empty for payments only.
    """

    row: int
    cells: Row
    role: Role
    buyer: BuyerRef
    number: str
    day: date
    amount: Money
    due: date | None = None
    shipped: date | None = None
    term: str = ""
    paid: Money | None = None
    open: Money | None = None
    settled: date | None = None
    disputed: Money | None = None
    net: Money | None = None
    vat: Money | None = None
    vat_rate: Decimal | None = None
    invoice_no: str = ""
    against: str = ""
    contract: str = ""
    memo: str = ""

    @property
    def key(self) -> tuple[str, str, str, Role]:
        """What makes it the same document: buyer, number, role."""
        return (
            self.buyer.code,
            "" if self.buyer.code else self.buyer.name,
            self.number,
            self.role,
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """One line a document, and what became of the further rows."""

    lines: tuple[Line, ...]
    skipped: tuple[Problem, ...]
    rejected: tuple[Problem, ...]
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """Money on an invoice by its own row: how much, when, and whether the row knows when."""

    amount: Money
    on: date
    dated: bool


def joined(lines: Iterable[Line]) -> Joined:
    """Rows of the same document become one: a repeated total counts once, different amounts are added."""
    groups: dict[tuple[str, str, str, Role], list[Line]] = {}
    for line in lines:
        groups.setdefault(line.key, []).append(line)
    found: list[Line] = []
    skipped: list[Problem] = []
    rejected: list[Problem] = []
    notes: list[Problem] = []
    for group in groups.values():
        own, clashing = _of_one_day(_without_repeats(group, skipped))
        rejected += (_clash(own[0], other) for other in clashing)
        found.append(_one(own, skipped, notes))
    return Joined(
        tuple(sorted(found, key=lambda line: line.row)),
        tuple(skipped),
        tuple(rejected),
        tuple(notes),
    )


def _without_repeats(group: list[Line], skipped: list[Problem]) -> list[Line]:
    """The group without rows that repeat another one entirely."""
    if len(group) == 1:
        return group
    first: dict[Row, Line] = {}
    for line in group:
        original = first.setdefault(line.cells, line)
        if original is not line:
            reason = Message.of(
                N_("The row repeats row {row} in every cell; it counts once."),
                row=original.row,
            )
            skipped.append(Problem(reason, line.row, value=line.number))
    return list(first.values())


def _of_one_day(group: list[Line]) -> tuple[list[Line], list[Line]]:
    """Rows of the document, and rows of another document under the same number."""
    first = group[0]
    own = [
        line
        for line in group
        if line.day == first.day and line.amount.currency == first.amount.currency
    ]
    return own, [line for line in group if line not in own]


def _clash(first: Line, other: Line) -> Problem:
    reason = Message.of(
        N_(
            "Number {number} is already used by row {row} for another document of this buyer, with another date."
        ),
        number=other.number,
        row=first.row,
    )
    return Problem(reason, other.row, value=other.number)


def _one(group: list[Line], skipped: list[Problem], notes: list[Problem]) -> Line:
    first = group[0]
    if len(group) == 1:
        return first
    if len({line.amount for line in group}) == 1:
        reason = Message.of(
            N_("A further line of {number}: row {row} already carries its total."),
            number=first.number,
            row=first.row,
        )
        skipped += (Problem(reason, line.row, value=line.number) for line in group[1:])
        return first
    reason = Message.of(
        N_("A further line of {number}: its amount was added to row {row}."),
        number=first.number,
        row=first.row,
    )
    notes += (Problem(reason, line.row, value=line.number) for line in group[1:])
    return _sum(group)


def _sum(group: list[Line]) -> Line:
    first = group[0]
    return replace(
        first,
        amount=Money.total((line.amount for line in group), first.amount.currency),
        paid=_once_or_sum([line.paid for line in group]),
        open=_once_or_sum([line.open for line in group]),
        disputed=_sum_of([line.disputed for line in group]),
        net=_sum_of([line.net for line in group]),
        vat=_sum_of([line.vat for line in group]),
        settled=max((line.settled for line in group if line.settled), default=None),
    )


def _once_or_sum(parts: list[Money | None]) -> Money | None:
    """What is paid or open of the whole document stands on each of its lines, or each line has its own."""
    return parts[0] if len(set(parts)) == 1 else _sum_of(parts)


def _sum_of(parts: list[Money | None]) -> Money | None:
    given = [part for part in parts if part is not None]
    return Money.total(given, given[0].currency) if given else None


def document(line: Line) -> DraftDocument:
    """The invoice or credit note of a line.

    Of a credit note with an open amount only that rest is taken: what was used of it already stands in the open amounts
    of the invoices.
    """
    invoice = line.role is Role.INVOICE
    rest = line.amount if invoice or line.open is None else line.open
    return DraftDocument(
        row=line.row,
        buyer=line.buyer,
        number=line.number,
        kind=DocumentKind.INVOICE if invoice else DocumentKind.CREDIT_NOTE,
        issued=line.day,
        amount=rest,
        due=line.due,
        shipped=line.shipped,
        term=line.term,
        disputed=line.disputed,
        net=line.net,
        vat=line.vat,
        vat_rate=line.vat_rate,
        invoice_no=line.invoice_no,
        against=line.against,
        contract=line.contract,
        memo=line.memo,
    )


def received(line: Line) -> Received | None:
    """What an invoice's own row says was paid: its open amount, else its paid amount, else all when it is settled."""
    part = line.paid if line.open is None else line.amount - line.open
    if part is None and line.settled:
        part = line.amount
    if line.role is not Role.INVOICE or not part:
        return None
    return Received(part, line.settled or line.day, line.settled is not None)


def payment_of_invoice(line: Line) -> DraftPayment | None:
    """The payment an invoice's own row tells of."""
    money = received(line)
    if money is None:
        return None
    return DraftPayment(
        row=line.row,
        buyer=line.buyer,
        key=f"{'settled' if money.dated else 'paid'}:{line.number}",
        paid_on=money.on,
        amount=money.amount,
        to=line.number,
        dated=money.dated,
    )


def payment(line: Line, key: str, to: str) -> DraftPayment:
    """A payment with a row of its own."""
    return DraftPayment(
        row=line.row,
        buyer=line.buyer,
        key=key,
        paid_on=line.day,
        amount=line.amount,
        to=to,
        memo=line.memo,
    )
