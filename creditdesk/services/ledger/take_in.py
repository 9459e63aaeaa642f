"""Takes a draft in: new, changed, same; never doubles, never deletes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.queries import DocumentKey, invoice_key
from creditdesk.domain.aging import LedgerDocument, Receipt, open_amounts
from creditdesk.domain.ledger import (
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
)
from creditdesk.domain.money import Money
from creditdesk.errors import Problem
from creditdesk.i18n import Message
from creditdesk.models import ImportBatch, ImportChange, Invoice, Payment
from creditdesk.services.ledger import matching, sizes
from creditdesk.services.ledger.values import BatchId, CurrencyTotals, TakenIn

Row = dict[str, Any]
_PaymentKey = tuple[int, str]
_K = TypeVar("_K")
_DOCUMENT_FIELDS = (
    "kind", "issued", "due", "shipped", "term", "currency", "amount_fine", "disputed_fine", "net_fine",
    "vat_fine", "vat_rate", "invoice_no", "against", "contract", "memo",
)  # fmt: skip
_PAYMENT_FIELDS = ("against", "paid_on", "dated", "currency", "amount_fine", "memo")
_DERIVED = ("paid:", "settled:")


@dataclass(slots=True)
class Changes:
    """Rows of one table: to add, to change (with what they were), and how many stay as they are."""

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    same: int = 0


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
    there = _There(session, client_id)
    told = {_key(buyers, item): _document_row(item, buyers) for item in draft.documents}
    invoices = _compared(told, there.invoices, _DOCUMENT_FIELDS)
    payments = _compared(
        _payment_rows(draft, buyers, there), there.payments, _PAYMENT_FIELDS
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


def write(session: Session, client_id: int, made: Plan) -> BatchId:
    """Write the plan as one batch."""
    database: Database = session.info["database"]
    batch = _batch(client_id, made, database)
    session.add(batch)
    session.flush()  # every row below carries its number
    real = matching.write(session, client_id, made.buyers, batch.id)
    _write_invoices(session, client_id, made, real, batch.id)
    _write_payments(session, client_id, made, real, batch.id)
    note(
        session,
        "taken in",
        "import_batch",
        batch.id,
        client_id=client_id,
        after={"file": batch.file_name, **batch.counts},
    )
    return BatchId(batch.id)


class _There:
    """The client's documents and payments by natural key, as rows."""

    def __init__(self, session: Session | None = None, client_id: int = 0) -> None:
        self.invoices: dict[DocumentKey, Row] = {}
        self.payments: dict[_PaymentKey, Row] = {}
        if session is None:
            return
        columns = [
            getattr(Invoice, name)
            for name in ("id", "buyer_id", "number", "open_fine", *_DOCUMENT_FIELDS)
        ]
        for row in session.execute(
            select(*columns).where(Invoice.client_id == client_id)
        ).mappings():
            self.invoices[_invoice_row_key(dict(row))] = dict(row)
        columns = [
            getattr(Payment, name)
            for name in ("id", "buyer_id", "key", *_PAYMENT_FIELDS)
        ]
        for row in session.execute(
            select(*columns).where(Payment.client_id == client_id)
        ).mappings():
            self.payments[row["buyer_id"], row["key"]] = dict(row)

    def with_changes(self, invoices: Changes, payments: Changes) -> "_There":
        merged = _There()
        merged.invoices = {
            **self.invoices,
            **{_invoice_row_key(row): row for row in _rows(invoices)},
        }
        merged.payments = {
            **self.payments,
            **{_payment_row_key(row): row for row in _rows(payments)},
        }
        return merged

    def items(
        self, buyers: set[int]
    ) -> tuple[list[LedgerDocument[DocumentKey, int]], list[Receipt[DocumentKey, int]]]:
        documents = [
            _as_document(key, row)
            for key, row in self.invoices.items()
            if key[0] in buyers
        ]
        receipts = [
            _as_receipt(key, row)
            for key, row in self.payments.items()
            if key[0] in buyers
        ]
        return documents, receipts


def _invoice_row_key(row: Row) -> DocumentKey:
    return row["buyer_id"], row["number"], row["kind"]


def _payment_row_key(row: Row) -> _PaymentKey:
    return row["buyer_id"], row["key"]


def _key(buyers: matching.Matched, item: DraftDocument) -> DocumentKey:
    return buyers.of(item.buyer), item.number, item.kind.value


def _rows(changes: Changes) -> list[Row]:
    return [*changes.added, *(after for after, _ in changes.changed)]


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
    draft: LedgerDraft, buyers: matching.Matched, there: _There
) -> dict[_PaymentKey, Row]:
    rows = {
        (buyers.of(item.buyer), item.key): _payment_row(item, buyers)
        for item in draft.payments
    }
    rows |= _outdated(draft, buyers, there, rows)
    return rows


def _outdated(
    draft: LedgerDraft,
    buyers: matching.Matched,
    there: _There,
    given: Mapping[_PaymentKey, Row],
) -> dict[_PaymentKey, Row]:
    """What an earlier file derived for an invoice and this one tells otherwise, set to nothing.

    A paid column last month and a settled date today are one payment, not two.
    """
    if not draft.columns.keys() & {"paid", "open", "settled_date"}:
        return {}
    rows: dict[_PaymentKey, Row] = {}
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


def _as_document(key: DocumentKey, row: Row) -> LedgerDocument[DocumentKey, int]:
    return LedgerDocument(
        id=key,
        buyer=key[0],
        kind=DocumentKind(row["kind"]),
        issued=row["issued"],
        due=row["due"],
        amount=Money.of_fine(row["amount_fine"], row["currency"]),
        against=invoice_key(key[0], row["against"]) if row["against"] else None,
        number=key[1],
    )


def _as_receipt(key: _PaymentKey, row: Row) -> Receipt[DocumentKey, int]:
    return Receipt(
        id=key,
        buyer=key[0],
        on=row["paid_on"],
        amount=Money.of_fine(row["amount_fine"], row["currency"]),
        to=invoice_key(key[0], row["against"]) if row["against"] else None,
    )


def _reopened(there: _There, open_: Mapping[DocumentKey, Money]) -> list[Row]:
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


def _batch(client_id: int, made: Plan, database: Database) -> ImportBatch:
    told = made.told(None)
    counts = (
        "rows_read",
        "invoices_added",
        "invoices_updated",
        "invoices_unchanged",
        "payments_added",
        "buyers_added",
    )
    return ImportBatch(
        client_id=client_id,
        file_name=made.draft.source.file_name,
        digest=made.draft.source.digest,
        sheet=made.draft.source.sheet,
        header_row=made.draft.source.header_row,
        taken_at=database.now(),
        who=database.who,
        columns=dict(made.draft.columns),
        counts={name: getattr(told, name) for name in counts},
        totals={
            currency: {
                "count": str(sums.count),
                "amount": sums.amount.plain,
                "open": sums.open.plain,
            }
            for currency, sums in made.totals.items()
        },
        rejected=[_kept(problem) for problem in made.draft.rejected],
        skipped=[_kept(problem) for problem in made.draft.skipped],
    )


def _kept(problem: Problem) -> dict[str, object]:
    places = {
        name: value.text if isinstance(value, Message) else str(value)
        for name, value in problem.reason.places
    }
    return {
        "row": problem.row, "column": problem.column, "value": problem.value,
        "reason": problem.reason.text, "places": places,
    }  # fmt: skip


def _write_invoices(
    session: Session, client_id: int, made: Plan, real: Mapping[int, int], batch_id: int
) -> None:
    added = [
        {
            **row,
            "client_id": client_id,
            "buyer_id": real.get(row["buyer_id"], row["buyer_id"]),
            "open_fine": made.open[_invoice_row_key(row)].fine,
            "batch_id": batch_id,
        }
        for row in made.invoices.added
    ]
    if added:
        session.execute(insert(Invoice), added)
    for row, _ in made.invoices.changed:
        row["open_fine"] = made.open[_invoice_row_key(row)].fine
    _change(session, Invoice, made.invoices, batch_id)
    moved = {row["id"] for row, _ in made.invoices.changed}
    reopened = [row for row in made.reopened if row["id"] not in moved]
    if reopened:
        session.execute(update(Invoice), reopened)


def _write_payments(
    session: Session, client_id: int, made: Plan, real: Mapping[int, int], batch_id: int
) -> None:
    added = [
        {
            **row,
            "client_id": client_id,
            "buyer_id": real.get(row["buyer_id"], row["buyer_id"]),
            "batch_id": batch_id,
        }
        for row in made.payments.added
    ]
    if added:
        session.execute(insert(Payment), added)
    _change(session, Payment, made.payments, batch_id)


def _change(
    session: Session, table: type[Invoice | Payment], changes: Changes, batch_id: int
) -> None:
    """Change records that were there, and keep what they were."""
    kept = [
        {
            "batch_id": batch_id,
            "kind": table.__tablename__,
            "record_id": row["id"],
            "before": _jsonable(before),
        }
        for row, before in changes.changed
    ]
    if not kept:
        return
    session.execute(insert(ImportChange), kept)
    names = tuple(changes.changed[0][1])
    fields = [*names, "open_fine"] if table is Invoice else names
    session.execute(
        update(table),
        [{name: row[name] for name in ("id", *fields)} for row, _ in changes.changed],
    )


def _jsonable(values: Row) -> Row:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
