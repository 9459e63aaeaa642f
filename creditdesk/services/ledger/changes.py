"""What imports changed in records that were there: each field, from what to what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.naming import Name
from creditdesk.models import Buyer, ImportBatch, ImportChange, Invoice, Payment
from creditdesk.readings.queries import name_of
from creditdesk.services.ledger.import_values import (
    ChangeLine,
    FieldChange,
    LaterChange,
    Record,
    SourceRow,
    Value,
)
from creditdesk.services.ledger.values import BatchId

_TABLES: Mapping[str, type[Invoice | Payment | Buyer]] = {
    Record.INVOICE: Invoice,
    Record.PAYMENT: Payment,
    Record.BUYER: Buyer,
}
_AT_ONCE = 400
_Key = tuple[str, int]


def ids(session: Session, batch_id: int) -> Sequence[int]:
    """The numbers of what a batch changed."""
    return session.scalars(
        select(ImportChange.id)
        .where(ImportChange.batch_id == batch_id)
        .order_by(ImportChange.id)
    ).all()


def rows(session: Session, numbers: Sequence[int]) -> tuple[ChangeLine, ...]:
    """These changes, in this order, with what they changed to."""
    found = session.scalars(select(ImportChange).where(ImportChange.id.in_(numbers)))
    changes = {change.id: change for change in found}
    told = _Told(session, changes.values())
    lines = (told.line(changes[each]) for each in numbers if each in changes)
    return tuple(line for line in lines if line is not None)


def of_record(session: Session, record: Record, number: int) -> list[LaterChange]:
    """What imports that still stand changed in one record, oldest first."""
    found = session.execute(
        select(ImportChange, ImportBatch)
        .join(ImportBatch, ImportBatch.id == ImportChange.batch_id)
        .where(
            ImportChange.kind == record.value,
            ImportChange.record_id == number,
            ImportBatch.undone_at.is_(None),
        )
        .order_by(ImportChange.id)
    ).all()
    told = _Told(session, [change for change, _ in found])
    later = [
        LaterChange(source_row(batch, None), told.fields(change))
        for change, batch in found
    ]
    return [each for each in later if each.fields]


def source_row(batch: ImportBatch, row: int | None) -> SourceRow:
    """The place of a batch's file."""
    return SourceRow(
        batch=BatchId(batch.id), kind=batch.kind, format=batch.format, file_name=batch.file_name, sheet=batch.sheet,
        row=row, taken_at=batch.taken_at, who=batch.who, kept=batch.document_id is not None,
    )  # fmt: skip


class _Told:
    """Changes, what came after them, and what the records are now."""

    def __init__(self, session: Session, changes: Iterable[ImportChange]) -> None:
        keys = sorted({(each.kind, each.record_id) for each in changes})
        self._all: defaultdict[_Key, list[ImportChange]] = defaultdict(list)
        self._now: dict[_Key, Invoice | Payment | Buyer] = {}
        self._buyers: dict[int, str] = {}
        for at in range(0, len(keys), _AT_ONCE):
            self._read(session, keys[at : at + _AT_ONCE])

    def _read(self, session: Session, keys: Sequence[_Key]) -> None:
        every = select(ImportChange).where(
            tuple_(ImportChange.kind, ImportChange.record_id).in_(keys)
        )
        for change in session.scalars(every.order_by(ImportChange.id)):
            self._all[change.kind, change.record_id].append(change)
        for kind, table in _TABLES.items():
            numbers = [number for name, number in keys if name == kind]
            if numbers:
                found: Iterable[Invoice | Payment | Buyer] = session.scalars(
                    select(table).where(table.id.in_(numbers))
                )
                self._now |= {(kind, row.id): row for row in found}
        owners = {
            row.buyer_id for row in self._now.values() if not isinstance(row, Buyer)
        }
        names = select(Buyer.id, Buyer.name).where(Buyer.id.in_(owners))
        self._buyers |= {number: name for number, name in session.execute(names)}  # noqa: C416 - a result is no list of pairs

    def line(self, change: ImportChange) -> ChangeLine | None:
        """The change in full; None where nothing is left of it or its record."""
        row = self._now.get((change.kind, change.record_id))
        fields = self.fields(change)
        if row is None or not fields:
            return None
        buyer = row.name if isinstance(row, Buyer) else self._buyers[row.buyer_id]
        return ChangeLine(
            change.id, Record(change.kind), buyer, _name(row), tuple(fields)
        )

    def fields(self, change: ImportChange) -> tuple[FieldChange, ...]:
        """The fields that became another, with both values."""
        row = self._now.get((change.kind, change.record_id))
        if row is None:
            return ()
        later = [
            each.before
            for each in self._all[change.kind, change.record_id]
            if each.id > change.id
        ]
        after = {
            name: next(
                (each[name] for each in later if name in each), _plain(row, name)
            )
            for name in change.before
        }
        was, became = change.before, after
        return tuple(
            FieldChange(name, value_of(name, was), value_of(name, became, now=row))
            for name in was
            if was[name] != became[name]
        )


def _name(row: Invoice | Payment | Buyer) -> Name:
    if isinstance(row, Invoice):
        return name_of(row)
    return row.against if isinstance(row, Payment) else row.code


def _plain(row: Invoice | Payment | Buyer, name: str) -> Any:  # noqa: ANN401 - a column's value as JSON keeps it
    value = getattr(row, name)
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def value_of(
    name: str, values: Mapping[str, Any], now: Invoice | Payment | Buyer | None = None
) -> Value:
    """A kept value as it is shown; an amount is in the currency it had."""
    value = values[name]
    if value is None:
        return None
    if name.endswith("_fine"):
        currency = str(values.get("currency") or getattr(now, "currency", ""))
        return Money.of_fine(value, currency)
    if name in {"issued", "due", "shipped", "paid_on"}:
        return date.fromisoformat(value)
    return str(value)
