"""Aging: what each buyer owes on a day, sorted by how long it is overdue (cli.md, `aging`).

Inside, amounts are integer fine units, so that a hundred thousand documents take a second.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.brackets import STANDARD_BRACKETS, column_names, column_of
from creditdesk.domain.ledger.documents import DocumentKind

Id = TypeVar("Id", bound=Hashable)
Buyer = TypeVar("Buyer", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDocument(Generic[Id, Buyer]):
    """An invoice or a credit note; `amount` is positive for both.

    `due` None: aged by `issued`. `against`: the invoice a credit note belongs to, None leaves it unapplied.
    `number` breaks ties between documents due and issued on the same days; empty: the id as text.
    """

    id: Id
    buyer: Buyer
    kind: DocumentKind
    issued: date
    amount: Money
    due: date | None = None
    against: Id | None = None
    number: str = ""

    @property
    def aged_from(self) -> date:
        """The due date, or where there is none the date of the document itself."""
        return self.due or self.issued

    @property
    def order(self) -> tuple[date, date, str]:
        """Oldest due first, then by date, then by number as text (domain.md 4.3)."""
        return self.aged_from, self.issued, self.number or str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Generic[Id, Buyer]):
    """Money received. `to` None: set against the oldest due; what exceeds `to` stays unapplied."""

    id: Hashable
    buyer: Buyer
    on: date
    amount: Money
    to: Id | None = None


@dataclass(frozen=True, slots=True)
class AgingRow(Generic[Id, Buyer]):
    """One open invoice. `days_overdue` is negative before the due date; `due_missing`: counted from `issued`."""

    id: Id
    buyer: Buyer
    issued: date
    due: date | None
    open: Money
    days_overdue: int
    bucket: str

    @property
    def due_missing(self) -> bool:
        """Whether nobody knows the due date, so that the document's own date stands for it."""
        return self.due is None


@dataclass(frozen=True, slots=True)
class AgingFigures:
    """One currency's sums; `columns` follow `Aging.names` and add up to `outstanding`. `unapplied` is positive."""

    open_count: int
    outstanding: Money
    columns: tuple[Money, ...]
    unapplied: Money

    @property
    def balance(self) -> Money:
        """What the buyer owes once money nobody has assigned yet is taken off."""
        return self.outstanding - self.unapplied


@dataclass(frozen=True, slots=True)
class AgingSums(Generic[Buyer]):
    """What is open on `as_of`, by currency and by buyer. `names` are the columns' names."""

    as_of: date
    names: tuple[str, ...]
    by_currency: Mapping[str, AgingFigures]
    by_buyer: Mapping[Buyer, Mapping[str, AgingFigures]]


@dataclass(frozen=True, slots=True)
class Aging(AgingSums[Buyer], Generic[Id, Buyer]):
    """The sums with the open items behind them, oldest due first."""

    rows: tuple[AgingRow[Id, Buyer], ...]


@dataclass(frozen=True, slots=True)
class OpenSums:
    """What is open of one account's invoices by column, in fine units, and what nobody has assigned."""

    count: int
    columns: tuple[int, ...]
    unapplied: int


def summed(
    accounts: Mapping[tuple[Buyer, str], OpenSums], as_of: date, brackets: Sequence[int]
) -> AgingSums[Buyer]:
    """The aging of accounts (a buyer, a currency) that were summed elsewhere: held against `age` by tests."""
    names = column_names(brackets)
    sums: _Accounts[Buyer] = {}
    for account, found in accounts.items():
        sums[account] = part = _Sums(len(names))
        part.count, part.unapplied = found.count, found.unapplied
        part.columns = list(found.columns)
    return AgingSums(as_of, names, _by_currency(sums, len(names)), _by_buyer(sums))


def age(
    documents: Iterable[LedgerDocument[Id, Buyer]],
    receipts: Iterable[Receipt[Id, Buyer]],
    as_of: date,
    brackets: Sequence[int] = STANDARD_BRACKETS,
    grace_days: int = 0,
) -> Aging[Id, Buyer]:
    """The aging with what was dated up to `as_of`, that day included.

    `brackets` are the last days of the columns, ascending. `grace_days` shift the due date for the columns only.
    """
    names = column_names(brackets)
    known = [document for document in documents if document.issued <= as_of]
    applied = _apply(known, (receipt for receipt in receipts if receipt.on <= as_of))
    sums: _Accounts[Buyer] = {
        account: _Sums(len(names)) for account in map(_account, known)
    }
    rows = []
    for document in applied.invoices:
        fine = applied.open[document.id]
        if fine == 0:
            continue
        days = (as_of - document.aged_from).days
        column = column_of(days - grace_days, brackets)
        part = sums[_account(document)]
        part.count += 1
        part.columns[column] += fine
        rows.append(_row(document, fine, days, names[column]))
    for account, fine in applied.unapplied.items():
        sums.setdefault(account, _Sums(len(names))).unapplied += fine
    return Aging(
        as_of, names, _by_currency(sums, len(names)), _by_buyer(sums), tuple(rows)
    )


def open_amounts(
    documents: Iterable[LedgerDocument[Id, Buyer]],
    receipts: Iterable[Receipt[Id, Buyer]],
) -> dict[Id, Money]:
    """What is open on each document with everything known, whatever its date.

    Of a credit note it is what it has not been set against.
    """
    known = list(documents)
    applied = _apply(known, receipts)
    return {
        document.id: Money.of_fine(applied.open[document.id], document.amount.currency)
        for document in known
    }


def _row(
    document: LedgerDocument[Id, Buyer], fine: int, days: int, bucket: str
) -> AgingRow[Id, Buyer]:
    currency = document.amount.currency
    return AgingRow(
        id=document.id,
        buyer=document.buyer,
        issued=document.issued,
        due=document.due,
        open=Money.of_fine(fine, currency),
        days_overdue=days,
        bucket=bucket,
    )


@dataclass(slots=True)
class _Applied(Generic[Id, Buyer]):
    """Invoices oldest due first, what is open of every document, and what was set against nothing, in fine units."""

    invoices: list[LedgerDocument[Id, Buyer]]
    open: dict[Id, int]
    unapplied: defaultdict[tuple[Buyer, str], int]


def _apply(
    documents: Sequence[LedgerDocument[Id, Buyer]],
    receipts: Iterable[Receipt[Id, Buyer]],
) -> _Applied[Id, Buyer]:
    """Set what names an invoice against it first, then the rest against the oldest due.

    Payments are set as sums, so that the order of the input can't matter.
    """
    invoices = sorted(_of_kind(documents, DocumentKind.INVOICE), key=_order)
    applied = _Applied(
        invoices,
        {item.id: item.amount.fine for item in invoices},
        defaultdict(int),
    )
    accounts = {item.id: _account(item) for item in invoices}
    _set_credit_notes(documents, accounts, applied)
    loose = _set_named(receipts, accounts, applied)
    for item in invoices:
        account = accounts[item.id]
        taken = min(applied.open[item.id], loose[account])
        applied.open[item.id] -= taken
        loose[account] -= taken
    for account, fine in loose.items():
        applied.unapplied[account] += fine
    return applied


def _set_credit_notes(
    documents: Iterable[LedgerDocument[Id, Buyer]],
    accounts: Mapping[Id, tuple[Buyer, str]],
    applied: _Applied[Id, Buyer],
) -> None:
    for note in sorted(_of_kind(documents, DocumentKind.CREDIT_NOTE), key=_order):
        rest = note.amount.fine
        if note.against is not None and accounts.get(note.against) == _account(note):
            taken = min(rest, applied.open[note.against])
            applied.open[note.against] -= taken
            rest -= taken
        applied.open[note.id] = rest
        applied.unapplied[_account(note)] += rest


def _set_named(
    receipts: Iterable[Receipt[Id, Buyer]],
    accounts: Mapping[Id, tuple[Buyer, str]],
    applied: _Applied[Id, Buyer],
) -> defaultdict[tuple[Buyer, str], int]:
    """Set payments against the invoices they name; the answer is what names none, by buyer and currency."""
    loose: defaultdict[tuple[Buyer, str], int] = defaultdict(int)
    named: defaultdict[Id, int] = defaultdict(int)
    for receipt in receipts:
        account = (receipt.buyer, receipt.amount.currency)
        if receipt.to is None:
            loose[account] += receipt.amount.fine
        elif accounts.get(receipt.to) == account:
            named[receipt.to] += receipt.amount.fine
        else:
            applied.unapplied[account] += receipt.amount.fine
    for key, fine in named.items():
        taken = min(fine, applied.open[key])
        applied.open[key] -= taken
        applied.unapplied[accounts[key]] += fine - taken
    return loose


def _of_kind(
    documents: Iterable[LedgerDocument[Id, Buyer]], kind: DocumentKind
) -> Iterable[LedgerDocument[Id, Buyer]]:
    return (document for document in documents if document.kind is kind)


def _order(document: LedgerDocument[Id, Buyer]) -> tuple[date, date, str]:
    return document.order


def _account(document: LedgerDocument[Id, Buyer]) -> tuple[Buyer, str]:
    return document.buyer, document.amount.currency


class _Sums:
    """One buyer's sums in one currency while they grow, in fine units."""

    __slots__ = ("columns", "count", "unapplied")

    def __init__(self, columns: int) -> None:
        self.count = 0
        self.columns = [0] * columns
        self.unapplied = 0

    def add(self, other: "_Sums") -> None:
        self.count += other.count
        self.unapplied += other.unapplied
        self.columns = [
            ours + theirs
            for ours, theirs in zip(self.columns, other.columns, strict=True)
        ]

    def figures(self, currency: str) -> AgingFigures:
        return AgingFigures(
            self.count,
            Money.of_fine(sum(self.columns), currency),
            tuple(Money.of_fine(fine, currency) for fine in self.columns),
            Money.of_fine(self.unapplied, currency),
        )


_Accounts = dict[tuple[Buyer, str], _Sums]


def _by_currency(sums: _Accounts[Buyer], columns: int) -> dict[str, AgingFigures]:
    whole: dict[str, _Sums] = {}
    for (_, currency), part in sums.items():
        whole.setdefault(currency, _Sums(columns)).add(part)
    return {currency: whole[currency].figures(currency) for currency in sorted(whole)}


def _by_buyer(sums: _Accounts[Buyer]) -> dict[Buyer, dict[str, AgingFigures]]:
    result: dict[Buyer, dict[str, AgingFigures]] = {}
    for (buyer, currency), part in sums.items():
        result.setdefault(buyer, {})[currency] = part.figures(currency)
    return result
