"""What of a ledger is declared to the insurer: insurable turnover and balances (rules.md 1 投保营业额, 2.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.in_scope import InScope, Key, LedgerRow, LeftOut
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import N_, Message

_VAT_ASKED = N_(
    "The policy doesn't say whether VAT is insured; amounts are declared with it."
)
_VAT_UNKNOWN = N_(
    "VAT is not insured, but the ledger doesn't say what it is in {count} documents: they are declared whole."
)
_OTHERS_EXCLUDED = N_(
    "The policy also excludes {names}, the name of no buyer here: look whether one of the buyers is meant."
)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurableLine:
    """A document of a period: what of it counts, negative for credit notes, without VAT that is not insured.

    `left_out` None: it is declared. `vat_unknown`: VAT is not insured, but the ledger doesn't say what it is.
    """

    row: LedgerRow
    amount: Money
    left_out: LeftOut | None = None
    vat_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """What the ledger says a period's declaration must hold; `notes` say what it takes for granted."""

    lines: tuple[InsurableLine, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def taken(self) -> tuple[InsurableLine, ...]:
        """What is declared."""
        return tuple(line for line in self.lines if line.left_out is None)

    @property
    def left_out(self) -> tuple[InsurableLine, ...]:
        """What is not, each with its reason."""
        return tuple(line for line in self.lines if line.left_out is not None)

    @property
    def totals(self) -> tuple[Money, ...]:
        """The sum of what is declared, one a currency."""
        return sums(line.amount for line in self.taken)

    def without(self, keys: frozenset[Key]) -> "Computed":
        """The same, with these documents left out by hand."""
        return Computed(
            tuple(
                InsurableLine(row=line.row, amount=line.amount, left_out=LeftOut.BY_HAND, vat_unknown=line.vat_unknown)
                if line.left_out is None and line.row.key in keys
                else line
                for line in self.lines
            ),
            self.notes,
        )  # fmt: skip


def turnover(
    rows: Sequence[LedgerRow], scope: InScope, start: date, end: date
) -> Computed:
    """The insurable turnover of a period, both days included.

    Invoices count on their day of shipment, credit notes on their own date; a credit note follows its invoice out.
    """
    mine = [row for row in rows if start <= row.day <= end]
    belongs = any(row.against for row in mine)
    invoices = (
        {row.key: row for row in rows if row.kind is DocumentKind.INVOICE}
        if belongs
        else {}
    )
    lines = [_line(row, row.amount, scope, invoices) for row in mine]
    return Computed(_in_order(lines), _notes(lines, scope, rows))


def balances(
    rows: Sequence[LedgerRow], open_: Mapping[Key, Money], scope: InScope
) -> Computed:
    """The insurable balances on a day: what is open of each document. Money not yet assigned has no number."""
    lines = [
        _line(row, open_[row.key], scope, {}) for row in rows if open_.get(row.key)
    ]
    return Computed(_in_order(lines), _notes(lines, scope, rows))


def sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum a currency, never added across; ordered by currency."""
    totals: dict[str, Money] = {}
    for amount in amounts:
        before = totals.get(amount.currency, Money.zero(amount.currency))
        totals[amount.currency] = before + amount
    return tuple(totals[code] for code in sorted(totals))


def _line(
    row: LedgerRow, amount: Money, scope: InScope, invoices: Mapping[Key, LedgerRow]
) -> InsurableLine:
    invoice = row
    if row.kind is DocumentKind.CREDIT_NOTE and row.against:
        key = (row.buyer.id, row.against, DocumentKind.INVOICE.value)
        invoice = invoices.get(key, row)
    share = _insured_part(row, invoice, amount, scope)
    counted = (share if share is not None else amount).rounded()
    return InsurableLine(
        row=row,
        amount=-counted if row.kind is DocumentKind.CREDIT_NOTE else counted,
        left_out=scope.against(invoice),
        vat_unknown=share is None,
    )


def _insured_part(
    row: LedgerRow, invoice: LedgerRow, amount: Money, scope: InScope
) -> Money | None:
    """Without VAT where it isn't insured, and in proportion where only part is open. None: VAT isn't known."""
    if scope.vat_insured is not False or not row.number:
        return amount
    if row.amount and row.net is not None:
        return amount.times(row.net.amount / row.amount.amount)
    if row.amount and row.vat is not None:
        return amount.times((row.amount - row.vat).amount / row.amount.amount)
    rate = row.vat_rate if row.vat_rate is not None else invoice.vat_rate
    if rate is None:
        return None
    return Money(amount.amount / (1 + rate / _HUNDRED), amount.currency)


def _notes(
    lines: Sequence[InsurableLine], scope: InScope, rows: Sequence[LedgerRow]
) -> tuple[Message, ...]:
    notes = []
    if scope.vat_insured is None and any(
        line.row.vat_rate or line.row.vat for line in lines
    ):
        notes.append(Message(_VAT_ASKED))
    unknown = [line for line in lines if line.vat_unknown and line.left_out is None]
    if unknown:
        notes.append(Message.of(_VAT_UNKNOWN, count=len(unknown)))
    buyers = {row.buyer.id: row.buyer for row in rows} if scope.excluded else {}
    names = scope.unknown_names(buyers.values())
    if names:
        notes.append(Message.of(_OTHERS_EXCLUDED, names=names))
    return tuple(notes)


def _in_order(lines: Iterable[InsurableLine]) -> tuple[InsurableLine, ...]:
    return tuple(
        sorted(lines, key=lambda line: (line.row.day, line.row.number, line.row.kind))
    )
