"""Compares a draft with what the desk holds: new, changed, same; never doubles, never deletes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from creditdesk.db.queries import DocumentKey
from creditdesk.domain.aging import open_amounts
from creditdesk.domain.ledger import (
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
)
from creditdesk.domain.money import Money
from creditdesk.services.ledger import matching, sizes
from creditdesk.services.ledger.holdings import (
    DOCUMENT_FIELDS,
    PAYMENT_FIELDS,
    Changes,
    Holdings,
    PaymentKey,
    Row,
)
from creditdesk.services.ledger.values import BatchId, CurrencyTotals, TakenIn

_K = TypeVar("_K")
_DERIVED = ("paid:", "settled:")


@dataclass(slots=True)
class Plan:
    """Everything a take-in would do; nothing is written yet. Buyers may have negative stand-in numbers."""

    draft: LedgerDraft
    buyers: matching.Matched
    invoices: Changes
    payments: Changes
    open: Mapping[DocumentKey, Money]
    reopened: list[Row]
    totals: Mapping[str, CurrencyTotals]
    before: Mapping[str, CurrencyTotals]
    after: Mapping[str, CurrencyTotals]

    @property
    def is_empty(self) -> bool:
        """Whether the desk holds all this already."""
        changes = (
            self.invoices.added,
            self.invoices.changed,
            self.payments.added,
            self.payments.changed,
        )
        buyers = (self.buyers.new, self.buyers.aliases, self.buyers.coded)
        return not any(changes) and not any(buyers)

    def told(self, batch: BatchId | None) -> TakenIn:
        """The plan as an answer."""
        return TakenIn(
            batch=batch,
            rows_read=self.draft.rows_read,
            invoices_added=len(self.invoices.added),
            invoices_updated=len(self.invoices.changed),
            invoices_unchanged=self.invoices.same,
            payments_added=len(self.payments.added),
            payments_updated=len(self.payments.changed),
            payments_unchanged=self.payments.same,
            buyers_added=len(self.buyers.new),
            rejected=self.draft.rejected,
            skipped=self.draft.skipped,
            totals=self.totals,
            before=self.before,
            after=self.after,
            columns=self.draft.columns,
        )


def plan(session: Session, client_id: int, draft: LedgerDraft) -> Plan:
    """Compare a draft with the desk."""
    draft = sizes.storable(draft)
    refs = (item.buyer for items in (draft.documents, draft.payments) for item in items)
    buyers = matching.match(session, client_id, refs)
    there = Holdings(session, client_id)
    told = {_key(buyers, item): _document_row(item, buyers) for item in draft.documents}
    invoices = _compared(told, there.invoices, DOCUMENT_FIELDS)
    payments = _compared(
        _payment_rows(draft, buyers, there), there.payments, PAYMENT_FIELDS
    )
    merged = there.with_changes(invoices, payments)
    keys = tuple(told)
    touched = {key[0] for key in keys} | {
        buyers.of(item.buyer) for item in draft.payments
    }
    open_ = open_amounts(*merged.items(touched))
    return Plan(
        draft=draft,
        buyers=buyers,
        invoices=invoices,
        payments=payments,
        open=open_,
        reopened=_reopened(there, open_),
        totals=_totals(merged.invoices, open_, dict.fromkeys(keys)),
        before=_totals(there.invoices, {}, there.invoices),
        after=_totals(merged.invoices, open_, merged.invoices),
    )


def _key(buyers: matching.Matched, item: DraftDocument) -> DocumentKey:
    return buyers.of(item.buyer), item.number, item.kind.value


def _compared(
    told: Mapping[_K, Row], there: Mapping[_K, Row], fields: tuple[str, ...]
) -> Changes:
    changes = Changes()
    for key, row in told.items():
        known = there.get(key)
        if known is None:
            changes.added.append(row)
        elif all(known[name] == row[name] for name in fields):
            changes.same += 1
        else:
            changes.changed.append(
                ({**row, "id": known["id"]}, {name: known[name] for name in fields})
            )
    return changes


def _document_row(item: DraftDocument, buyers: matching.Matched) -> Row:
    return {
        "buyer_id": buyers.of(item.buyer),
        "number": item.number,
        "kind": item.kind.value,
        "issued": item.issued,
        "due": item.due,
        "shipped": item.shipped,
        "term": item.term,
        "currency": item.amount.currency,
        "amount_fine": item.amount.fine,
        "disputed_fine": item.disputed.fine if item.disputed else 0,
        "net_fine": item.net.fine if item.net else None,
        "vat_fine": item.vat.fine if item.vat else None,
        "vat_rate": "" if item.vat_rate is None else f"{item.vat_rate.normalize():f}",
        "invoice_no": item.invoice_no,
        "against": item.against,
        "contract": item.contract,
        "memo": item.memo,
        "row": item.row,
    }


def _payment_rows(
    draft: LedgerDraft, buyers: matching.Matched, there: Holdings
) -> dict[PaymentKey, Row]:
    rows = {
        (buyers.of(item.buyer), item.key): _payment_row(item, buyers)
        for item in draft.payments
    }
    rows |= _outdated(draft, buyers, there, rows)
    return rows


def _outdated(
    draft: LedgerDraft,
    buyers: matching.Matched,
    there: Holdings,
    given: Mapping[PaymentKey, Row],
) -> dict[PaymentKey, Row]:
    """What an earlier file derived for an invoice and this one tells otherwise, set to nothing.

    A paid column last month and a settled date today are one payment, not two.
    """
    if not draft.columns.keys() & {"paid", "open", "settled_date"}:
        return {}
    rows: dict[PaymentKey, Row] = {}
    for item in draft.documents:
        for prefix in _DERIVED:
            key = (buyers.of(item.buyer), prefix + item.number)
            known = there.payments.get(key)
            if known is not None and key not in given and known["amount_fine"]:
                rows[key] = {**known, "key": key[1], "amount_fine": 0, "row": item.row}
                rows[key].pop("id")
    return rows


def _payment_row(item: DraftPayment, buyers: matching.Matched) -> Row:
    return {
        "buyer_id": buyers.of(item.buyer),
        "key": item.key,
        "against": item.to,
        "paid_on": item.paid_on,
        "dated": item.dated,
        "currency": item.amount.currency,
        "amount_fine": item.amount.fine,
        "memo": item.memo,
        "row": item.row,
    }


def _reopened(there: Holdings, open_: Mapping[DocumentKey, Money]) -> list[Row]:
    """Documents that were there and whose open amount moves."""
    return [
        {"id": there.invoices[key]["id"], "open_fine": amount.fine}
        for key, amount in open_.items()
        if key in there.invoices and there.invoices[key]["open_fine"] != amount.fine
    ]


def _totals(
    invoices: Mapping[DocumentKey, Row],
    open_: Mapping[DocumentKey, Money],
    keys: Iterable[DocumentKey],
) -> dict[str, CurrencyTotals]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for key in keys:
        row = invoices[key]
        part = sums[row["currency"]]
        sign = -1 if row["kind"] == DocumentKind.CREDIT_NOTE else 1
        part[0] += 1
        part[1] += sign * row["amount_fine"]
        part[2] += sign * (open_[key].fine if key in open_ else row["open_fine"])
    return {
        currency: CurrencyTotals(
            count, Money.of_fine(amount, currency), Money.of_fine(left, currency)
        )
        for currency, (count, amount, left) in sorted(sums.items())
    }
