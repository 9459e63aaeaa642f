"""Documents and payments of a draft as the desk keeps them: plain rows, quick to make, to compare and to write.

A ledger of half a million rows is a few columns of text and whole numbers; values of `domain/ledger.py` are made of a
row only when somebody looks at it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple, Protocol, Self, TypeVar, cast, overload

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    CreditKind,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    DueBy,
)
from creditdesk.domain.ledger.terms import PartKind

_SENT_AT_ONCE = 10_000
_Seen = TypeVar("_Seen", covariant=True)  # noqa: PLC0105 - short, as every type variable here


class _Keeps(Protocol[_Seen]):
    """A row and what it shows as."""

    def seen(self) -> _Seen: ...


class DocumentRow(NamedTuple):
    """A document. Days are ISO text, amounts whole fine units of the currency; see `DraftDocument`."""

    row: int
    buyer: BuyerRef
    number: str
    kind: str
    issued: str
    due: str | None
    shipped: str | None
    term: str
    currency: str
    amount_fine: int
    disputed_fine: int
    net_fine: int | None
    vat_fine: int | None
    vat_rate: str
    invoice_no: str
    against: str
    contract: str
    memo: str
    accepted: str | None
    due_by: str
    part_kind: str
    part: int
    doc_no: str = ""

    @property
    def paper_number(self) -> str:
        """The number on the paper; several documents may share it."""
        return self.doc_no or self.number

    @classmethod
    def of(cls, item: DraftDocument) -> Self:
        """The row of a document."""
        rate = item.vat_rate
        return cls(
            item.row, item.buyer, item.number, item.kind.value, item.issued.isoformat(), _iso(item.due),
            _iso(item.shipped), item.term, item.amount.currency, item.amount.fine,
            item.disputed.fine if item.disputed else 0, item.net.fine if item.net else None,
            item.vat.fine if item.vat else None, "" if rate is None else f"{rate.normalize():f}",
            item.invoice_no, item.against, item.contract, item.memo, _iso(item.accepted), item.due_by.value,
            item.part_kind.value if item.part_kind else "", item.part,
        )  # fmt: skip

    def seen(self) -> DraftDocument:
        """The document of the row."""
        return DraftDocument(
            row=self.row,
            buyer=self.buyer,
            number=self.number,
            kind=DocumentKind(self.kind),
            issued=date.fromisoformat(self.issued),
            amount=Money.of_fine(self.amount_fine, self.currency),
            due=_day(self.due),
            shipped=_day(self.shipped),
            term=self.term,
            disputed=self._money(self.disputed_fine or None),
            net=self._money(self.net_fine),
            vat=self._money(self.vat_fine),
            vat_rate=Decimal(self.vat_rate) if self.vat_rate else None,
            invoice_no=self.invoice_no,
            against=self.against,
            contract=self.contract,
            memo=self.memo,
            accepted=_day(self.accepted),
            due_by=DueBy(self.due_by),
            part_kind=PartKind(self.part_kind) if self.part_kind else None,
            part=self.part,
        )

    def _money(self, fine: int | None) -> Money | None:
        return None if fine is None else Money.of_fine(fine, self.currency)


class PaymentRow(NamedTuple):
    """A payment. The day is ISO text, the amount whole fine units; `dated` 1 or 0; see `DraftPayment`.

    `issued` and `part` say which document of its own row it belongs to; they are not kept.
    """

    row: int
    buyer: BuyerRef
    issued: str
    part: int
    key: str
    against: str
    paid_on: str
    dated: int
    currency: str
    amount_fine: int
    memo: str
    kind: str = CreditKind.RECEIPT.value
    contract: str = ""

    @classmethod
    def of(cls, item: DraftPayment) -> Self:
        """The row of a payment."""
        return cls(
            item.row, item.buyer, _iso(item.issued) or "", item.part, item.key, item.to, item.paid_on.isoformat(),
            int(item.dated), item.amount.currency, item.amount.fine, item.memo, item.kind.value, item.contract,
        )  # fmt: skip

    def seen(self) -> DraftPayment:
        """The payment of the row."""
        return DraftPayment(
            row=self.row,
            buyer=self.buyer,
            key=self.key,
            paid_on=date.fromisoformat(self.paid_on),
            amount=Money.of_fine(self.amount_fine, self.currency),
            to=self.against,
            dated=bool(self.dated),
            memo=self.memo,
            kind=CreditKind(self.kind),
            issued=_day(self.issued or None),
            part=self.part,
            contract=self.contract,
        )


class Rows(Sequence[_Seen]):
    """Documents or payments of a draft, kept as rows."""

    __slots__ = ("rows",)

    def __init__(self, rows: Sequence[_Keeps[_Seen]]) -> None:
        self.rows = rows

    @overload
    def __getitem__(self, at: int) -> _Seen: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_Seen, ...]: ...
    def __getitem__(self, at: int | slice) -> _Seen | tuple[_Seen, ...]:
        """One of them, or some, made of their rows."""
        if isinstance(at, slice):
            return tuple(row.seen() for row in self.rows[at])
        return self.rows[at].seen()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[_Seen]:
        return (row.seen() for row in self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.rows)

    def __reduce__(self) -> tuple[object, ...]:
        """Sent by columns, some thousands of rows together: half the work for both sides."""
        parts = [
            tuple(zip(*self.rows[first : first + _SENT_AT_ONCE], strict=True))
            for first in range(0, len(self.rows), _SENT_AT_ONCE)
        ]
        return _received, (type(self.rows[0]) if self.rows else tuple, parts)


def document_rows(items: Sequence[DraftDocument]) -> Sequence[DocumentRow]:
    """The rows of these documents, whatever keeps them."""
    if isinstance(items, Rows):
        return cast(
            "Sequence[DocumentRow]", items.rows
        )  # what shows as documents is kept as their rows
    return tuple(map(DocumentRow.of, items))


def payment_rows(items: Sequence[DraftPayment]) -> Sequence[PaymentRow]:
    """The rows of these payments, whatever keeps them."""
    if isinstance(items, Rows):
        return cast(
            "Sequence[PaymentRow]", items.rows
        )  # what shows as payments is kept as their rows
    return tuple(map(PaymentRow.of, items))


def _received(
    kind: type[DocumentRow | PaymentRow], parts: list[tuple[Sequence[object], ...]]
) -> Rows[object]:
    rows = (map(kind._make, zip(*each, strict=True)) for each in parts)
    return Rows(tuple(chain.from_iterable(rows)))  # type: ignore[arg-type]  # `_make` loses the kind


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(shown: str | None) -> date | None:
    return None if shown is None else date.fromisoformat(shown)
