"""Reads a ledger into a draft: documents, payments, and every row that could not be taken, with its reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from creditdesk.catalog.headings import Field, headings
from creditdesk.domain.ledger import (
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers import figures, totals
from creditdesk.importers.cells import Row, Sheet, filled
from creditdesk.importers.dates import Convention, Order
from creditdesk.importers.lines import (
    Line,
    Role,
    document,
    joined,
    payment,
    payment_of_invoice,
    received,
)
from creditdesk.importers.recognise import AMOUNTS, Mapping, cell, date_order
from creditdesk.importers.rows import Layout, Refused, RowReader, Skipped, is_receivable
from creditdesk.jobs import Progress

_TELL_EVERY = 500


class DatesAmbiguous(UserError):
    """Nothing in the file tells day and month apart."""

    message = N_(
        "The dates of {name} can be read day first or month first, for example {example}. "
        "Say which it is (on the command line: --day-first)."
    )


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
    layout = _layout(sheet, mapping, currency)
    harvest = _Harvest()
    for number, row in progress.each(
        list(_data(sheet, mapping)), N_("Reading the rows"), _TELL_EVERY
    ):
        _take(layout, number, row, harvest)
    return _draft(sheet, mapping, harvest)


def _data(sheet: Sheet, mapping: Mapping) -> Iterator[tuple[int, Row]]:
    first = mapping.head.first_data_row
    for number, row in enumerate(sheet.rows[first:], first + 1):
        if filled(row):
            yield number, row


def _layout(sheet: Sheet, mapping: Mapping, currency: str) -> Layout:
    columns = mapping.columns
    rows = sheet.rows[mapping.head.first_data_row :]
    comma = frozenset(
        each
        for each in AMOUNTS
        if each in columns
        and figures.writes_decimal_comma(cell(row, columns[each]) for row in rows)
    )
    known = headings()
    account = columns.get(Field.ACCOUNT)
    return Layout(
        columns=columns,
        headers=mapping.headers,
        kind=mapping.kind,
        known=known,
        currency=currency,
        convention=Convention(_order(sheet, mapping), sheet.epoch_1904),
        decimal_comma=comma,
        by_account=account is not None
        and any(is_receivable(known, str(cell(row, account) or "")) for row in rows),
    )


def _order(sheet: Sheet, mapping: Mapping) -> Order | None:
    decision = date_order(sheet, mapping)
    if decision.ambiguous:
        raise DatesAmbiguous(name=sheet.file_name, example=decision.example)
    return decision.order


def _take(layout: Layout, number: int, row: Row, harvest: _Harvest) -> None:
    """Put one row where it belongs."""
    harvest.rows_read += 1
    why_not = totals.no_document(layout, row)
    if why_not:
        harvest.skipped.append(Problem(why_not, number))
        harvest.file_totals.update(totals.grand_totals(layout, row))
        return
    reader = RowReader(layout, number, row)
    try:
        harvest.lines.append(reader.line())
    except Skipped as skipped:
        harvest.skipped.append(Problem(skipped.reason, number))
    except Refused as refused:
        harvest.rejected.append(reader.problem(refused))


def _draft(sheet: Sheet, mapping: Mapping, harvest: _Harvest) -> LedgerDraft:
    receipts = [line for line in harvest.lines if line.role is Role.PAYMENT]
    found = joined(line for line in harvest.lines if line.role is not Role.PAYMENT)
    good = [line for line in found.lines if not _overpaid_backwards(line)]
    wrong = [
        _open_too_high(mapping, line)
        for line in found.lines
        if _overpaid_backwards(line)
    ]
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
        notes=_in_order(found.notes),
        columns=mapping.headers,
        rows_read=harvest.rows_read,
        file_totals=harvest.file_totals,
    )


def _overpaid_backwards(line: Line) -> bool:
    money = received(line)
    return money is not None and money.amount.amount < 0


def _open_too_high(mapping: Mapping, line: Line) -> Problem:
    which = Field.OPEN if line.open is not None else Field.PAID
    value = line.open or line.paid
    reason = Message(N_("More is open than the document's amount."))
    return Problem(
        reason, line.row, mapping.headers.get(which, ""), value.plain if value else ""
    )


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
        buyer = line.buyer.code or line.buyer.name
        pays = (line.against, line.number, line.invoice_no)
        to = line.against or next(
            (number for number in pays if (buyer, number) in numbers), ""
        )
        key = f"receipt:{line.number or line.day.isoformat() + ':' + line.amount.plain}"
        used[buyer, key] += 1
        again = f"#{used[buyer, key]}" if used[buyer, key] > 1 else ""
        yield payment(line, key + again, to)


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.row or 0))
