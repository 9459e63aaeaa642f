"""Reads a ledger into a draft: documents, payments, and every row that could not be taken, with its reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from creditdesk.catalog.headings import Field
from creditdesk.domain.ledger import (
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers import rows, totals
from creditdesk.importers.cells import Row, Sheet, filled
from creditdesk.importers.joining import joined
from creditdesk.importers.layout import Layout, layout
from creditdesk.importers.lines import Line, Role
from creditdesk.importers.mapping import Mapping
from creditdesk.importers.outcome import document, payment, payment_of_invoice, received
from creditdesk.importers.remarks import remarks
from creditdesk.importers.row_cells import Refused, RowCells
from creditdesk.jobs import Progress

_TELL_EVERY = 500


@dataclass(slots=True)
class _Harvest:
    """What has been read so far."""

    rows_read: int = 0
    lines: list[Line] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    file_totals: dict[str, Decimal] = field(default_factory=dict)


def read(
    sheet: Sheet, mapping: Mapping, currency: str, progress: Progress
) -> LedgerDraft:
    """Everything the sheet says under this mapping.

    `currency`: the client's, for rows that name none. Raises `DatesAmbiguous`.
    """
    how = layout(sheet, mapping, currency)
    harvest = _Harvest()
    data = tuple(_data(sheet, mapping))
    for number, row in progress.each(data, N_("Reading the rows"), _TELL_EVERY):
        _take(how, number, row, harvest)
    return _draft(sheet, mapping, how, harvest)


def _data(sheet: Sheet, mapping: Mapping) -> Iterator[tuple[int, Row]]:
    first = mapping.head.first_data_row
    for number, row in enumerate(sheet.rows[first:], first + 1):
        if filled(row):
            yield number, row


def _take(how: Layout, number: int, row: Row, harvest: _Harvest) -> None:
    """Put one row where it belongs."""
    harvest.rows_read += 1
    why_not = totals.no_document(how, row)
    if why_not:
        harvest.skipped.append(Problem(why_not, number))
        harvest.file_totals.update(totals.grand_totals(how, row))
        return
    cells = RowCells(how, number, row)
    try:
        harvest.lines.append(rows.line(cells))
    except rows.Skipped as skipped:
        harvest.skipped.append(Problem(skipped.reason, number))
    except Refused as refused:
        harvest.rejected.append(cells.problem(refused))


def _draft(
    sheet: Sheet, mapping: Mapping, how: Layout, harvest: _Harvest
) -> LedgerDraft:
    receipts = [line for line in harvest.lines if line.role is Role.PAYMENT]
    found = joined(line for line in harvest.lines if line.role is not Role.PAYMENT)
    wrong = tuple(_open_too_high(found.lines, mapping))
    refused = {problem.row for problem in wrong}
    good = [line for line in found.lines if line.row not in refused]
    documents = tuple(map(document, good))
    return LedgerDraft(
        source=LedgerSource(
            file_name=sheet.file_name,
            digest=sheet.digest,
            sheet=sheet.name,
            header_row=mapping.header_row,
        ),
        documents=tuple(each for each in documents if each.amount),
        payments=(
            *filter(None, map(payment_of_invoice, good)),
            *_receipts(receipts, documents),
        ),
        rejected=_in_order((*harvest.rejected, *found.rejected, *wrong)),
        skipped=_in_order((*harvest.skipped, *found.skipped, *_used_up(documents))),
        notes=_in_order((*remarks(how, harvest.lines), *found.notes)),
        columns=mapping.headers,
        rows_read=harvest.rows_read,
        file_totals=harvest.file_totals,
    )


def _open_too_high(lines: list[Line], mapping: Mapping) -> Iterator[Problem]:
    """An open amount above the document's own, or a negative paid one: which is right only the ledger knows."""
    for line in lines:
        money = received(line)
        if money is None or money.amount.amount >= 0:
            continue
        which, value = (
            (Field.PAID, line.paid) if line.open is None else (Field.OPEN, line.open)
        )
        reason = Message(N_("More is open than the document's amount."))
        shown = value.plain if value else ""
        yield Problem(reason, line.row, mapping.headers.get(which, ""), shown)


def _used_up(documents: tuple[DraftDocument, ...]) -> Iterator[Problem]:
    for each in documents:
        if not each.amount:
            reason = Message.of(
                N_("Nothing is left of the credit note {number}."), number=each.number
            )
            yield Problem(reason, each.row, value=each.number)


def _receipts(
    lines: list[Line], documents: tuple[DraftDocument, ...]
) -> Iterator[DraftPayment]:
    """Payments with rows of their own; one under an invoice's number pays that invoice."""
    numbers = {(each.buyer.code or each.buyer.name, each.number) for each in documents}
    used: Counter[tuple[str, str]] = Counter()
    for line in lines:
        buyer = line.buyer_key
        pays = (number for number in (line.number, line.invoice_no))
        invoice = next((number for number in pays if (buyer, number) in numbers), "")
        key = f"receipt:{line.number or f'{line.day.isoformat()}:{line.amount.plain}'}"
        used[buyer, key] += 1
        again = f"#{used[buyer, key]}" if used[buyer, key] > 1 else ""
        yield payment(line, key + again, line.against or invoice)


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.row or 0))
