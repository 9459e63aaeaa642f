"""Aging: what each buyer owes on a day, sorted by how long it is overdue (commands.md, `aging`).

Inside, amounts are integer fine units, so that a hundred thousand documents take a second.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.brackets import STANDARD_BRACKETS, column_names, column_of
from creditdesk.domain.ledger.debts import Debt, Id, settle
from creditdesk.domain.ledger.documents import DocumentKind

Buyer = TypeVar("Buyer", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDocument(Debt[Id], Generic[Id, Buyer]):
    """A document or a part of one; `amount` is positive for every kind. `due` None: aged by `issued`.

    `against`: the invoice a credit note belongs to, None leaves it unapplied. `also`: the others it belongs to, in the
    order they are filled, such as the further parts of the same invoice.
    """

    buyer: Buyer
    kind: DocumentKind
    against: Id | None = None
    also: tuple[Id, ...] = ()

    @property
    def is_opening(self) -> bool:
        """Whether it is an opening balance: paid before all else by what names nothing."""
        return self.kind is DocumentKind.OPENING


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Generic[Id, Buyer]):
    """Money received. `to` None: set against the oldest due; what exceeds `to` and `also` stays unapplied."""

    id: Hashable
    buyer: Buyer
    on: date
    amount: Money
    to: Id | None = None
    also: tuple[Id, ...] = ()


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

    @property
    def is_overdue(self) -> bool:
        """Whether it is past its due date; without one nobody knows. rules.md 14.1."""
        return self.due is not None and self.days_overdue > 0


@dataclass(frozen=True, slots=True)
class AgingFigures:
    """One currency's sums; `columns` follow `Aging.names` and add up to `outstanding`. `unapplied` is positive.

    `due_open`: what of `outstanding` are invoices without a known due date, which stand in the columns by their own. An
    opening balance and money paid back have no such day: their age is that of their date. rules.md 14.1, 14.5.
    """

    open_count: int
    outstanding: Money
    columns: tuple[Money, ...]
    unapplied: Money
    due_open: Money

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
    due_open: int


def summed(
    accounts: Mapping[tuple[Buyer, str], OpenSums], as_of: date, brackets: Sequence[int]
) -> AgingSums[Buyer]:
    """The aging of accounts (a buyer, a currency) that were summed elsewhere: held against `age` by tests."""
    names = column_names(brackets)
    sums: _Accounts[Buyer] = {}
    for account, found in accounts.items():
        sums[account] = part = _Sums(len(names))
        part.count, part.unapplied = found.count, found.unapplied
        part.due_open = found.due_open
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
    in_order = sorted(known, key=_oldest_due)
    open_, unapplied = _settled(
        in_order, (each for each in receipts if each.on <= as_of)
    )
    sums: _Accounts[Buyer] = {
        account: _Sums(len(names)) for account in map(_account, known)
    }
    rows = []
    for document in in_order:
        fine = open_[document.id]
        if fine == 0 or not document.kind.owes:
            continue
        days = (as_of - document.aged_from).days
        column = column_of(days - grace_days, brackets)
        part = sums[_account(document)]
        part.count += 1
        part.columns[column] += fine
        waits = document.due is None and document.kind is DocumentKind.INVOICE
        part.due_open += fine if waits else 0
        rows.append(_row(document, fine, days, names[column]))
    for account, fine in unapplied.items():
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
    open_, _ = _settled(sorted(known, key=_oldest_due), receipts)
    return {
        document.id: Money.of_fine(open_[document.id], document.amount.currency)
        for document in known
    }


def open_fine(
    in_order: Sequence[LedgerDocument[Id, Buyer]],
    receipts: Iterable[Receipt[Id, Buyer]],
) -> dict[Id, int]:
    """What is open of documents that stand oldest due first, after these receipts, in fine units; credit notes too."""
    return _settled(in_order, receipts)[0]


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


def _settled(
    documents: Sequence[LedgerDocument[Id, Buyer]],
    receipts: Iterable[Receipt[Id, Buyer]],
) -> tuple[dict[Id, int], dict[tuple[Buyer, str], int]]:
    """What is open of each document, and what of each account is unapplied, in fine units; oldest due first."""
    invoices = [each for each in documents if each.kind.owes]
    notes = (each for each in documents if not each.kind.owes)
    open_ = {each.id: each.amount.fine for each in invoices}
    accounts = {each.id: _account(each) for each in invoices}
    unapplied = settle(
        open_,
        accounts.get,
        (
            (each.id, _account(each), each.amount.fine, _named(each.against, each.also))
            for each in notes
        ),
        (
            (_account(each), each.amount.fine, _named(each.to, each.also))
            for each in receipts
        ),
        lambda: accounts,
    )
    return open_, unapplied


def _named(first: Id | None, further: tuple[Id, ...]) -> tuple[Id, ...]:
    return further if first is None else (first, *further)


def _oldest_due(document: LedgerDocument[Id, Buyer]) -> tuple[date, date, str]:
    return document.oldest_due


def _account(item: LedgerDocument[Id, Buyer] | Receipt[Id, Buyer]) -> tuple[Buyer, str]:
    return item.buyer, item.amount.currency


class _Sums:
    """One buyer's sums in one currency while they grow, in fine units."""

    __slots__ = ("columns", "count", "due_open", "unapplied")

    def __init__(self, columns: int) -> None:
        self.count = 0
        self.columns = [0] * columns
        self.unapplied = 0
        self.due_open = 0

    def add(self, other: "_Sums") -> None:
        self.count += other.count
        self.unapplied += other.unapplied
        self.due_open += other.due_open
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
            Money.of_fine(self.due_open, currency),
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
