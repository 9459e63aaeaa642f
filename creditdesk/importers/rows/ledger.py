"""Reads a ledger into a draft: documents, payments, and every row that could not be taken, with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import itemgetter
from typing import Any, TypeVar

from creditdesk.domain.base.calendar import WorkCalendar
from creditdesk.domain.ledger.asked import Answers, FileQuestion
from creditdesk.domain.ledger.documents import (
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.domain.ledger.rows import (
    DocumentRow,
    PaymentRow,
    Rows,
    document_rows,
)
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns import totals
from creditdesk.importers.columns.layout import Layout, layout
from creditdesk.importers.columns.mapping import Mapping
from creditdesk.importers.files.cells import Row, Sheet, filled
from creditdesk.importers.rows import lines_read as rows
from creditdesk.importers.rows.bills import Bill, with_bills
from creditdesk.importers.rows.cells import Refused, RowCells, Waiting
from creditdesk.importers.rows.deposits import by_contract
from creditdesk.importers.rows.joining import joined, without_repeats
from creditdesk.importers.rows.lines import LedgerLine
from creditdesk.importers.rows.open_terms import open_terms
from creditdesk.importers.rows.opening_balances import openings, rows_of
from creditdesk.importers.rows.ordinary import Key, Ordinary, ordinary
from creditdesk.importers.rows.outcome import (
    contradiction,
    document,
    payments_of_invoice,
)
from creditdesk.importers.rows.receipts import is_bill, of_rows, pays
from creditdesk.importers.rows.red_letters import reversed_by_note
from creditdesk.importers.rows.remarks import remarks, row_remarks
from creditdesk.importers.rows.titles import money_of_title, title_questions
from creditdesk.importers.rows.unread import unread_columns
from creditdesk.jobs import Progress, uncollected

_TELL_EVERY = 500
_Row = TypeVar("_Row", DocumentRow, PaymentRow)


@dataclass(slots=True)
class _Harvest:
    """What has been read so far."""

    rows_read: int = 0
    lines: list[LedgerLine] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    file_totals: dict[str, Decimal] = field(default_factory=dict)
    unread: list[Problem] = field(default_factory=list)
    waiting: dict[str, tuple[FileQuestion, list[int]]] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[FileQuestion, ...]:
        """What the rows leave to a person."""
        return tuple(
            replace(question, rows=tuple(rows))
            for question, rows in self.waiting.values()
        )


def read(  # noqa: PLR0913 - a sheet and everything it is read by
    sheet: Sheet,
    mapping: Mapping,
    currency: str,
    progress: Progress,
    *,
    answers: Answers | None = None,
    calendar: WorkCalendar | None = None,
    client: str = "",
) -> LedgerDraft:
    """Everything the sheet says under this mapping.

    `currency`: the client's, for rows that name none. `answers`: what a person said of the client's files, and of this
    one. `calendar`: in which terms count working days; None: China's. `client`: whose files these are said to be;
    empty: nobody says. Raises `DatesAmbiguous`.
    """
    known = answers or {}
    asked = tuple(title_questions(sheet, mapping, client, currency, known))
    with uncollected():
        money = money_of_title(known, currency)
        how = layout(sheet, mapping, money, known, calendar)
        draft = _read(sheet, mapping, how, progress)
        return _waiting(draft, asked) if asked else draft


def _waiting(draft: LedgerDraft, asked: tuple[FileQuestion, ...]) -> LedgerDraft:
    """Nothing of a file is taken in before it is known whose it is and in which money."""
    rows = sorted(
        {each.row for each in draft.documents} | {each.row for each in draft.payments}
    )
    reason = Message(
        N_("The row waits until the question about the whole file is answered.")
    )
    return replace(
        draft,
        documents=(),
        payments=(),
        rejected=_in_order((*draft.rejected, *(Problem(reason, row) for row in rows))),
        questions=(
            *(replace(each, rows=tuple(rows)) for each in asked),
            *draft.questions,
        ),
    )


def _read(
    sheet: Sheet, mapping: Mapping, how: Layout, progress: Progress
) -> LedgerDraft:
    first = mapping.head.first_data_row
    data = sheet.rows[first:]
    plain = ordinary(how, data, first + 1, progress)
    rest = _carefully(how, sheet, plain.documents, first, progress)
    # An ordinary row may share its number with one that had to be read carefully: then they are read together.
    shared = _keys(rest).intersection(plain.keys) if rest.lines else None
    if shared:
        plain = plain.without(shared)
        rest = _carefully(how, sheet, plain.documents, first, progress)
    return _draft(sheet, mapping, how, plain, rest)


def _carefully(
    how: Layout,
    sheet: Sheet,
    plain: list[DocumentRow],
    first: int,
    progress: Progress,
) -> _Harvest:
    """What all rows but the ordinary ones give."""
    known = {each.row for each in plain}
    harvest = _Harvest(rows_read=len(known))
    data = [
        (number, row)
        for number, row in enumerate(sheet.rows[first:], first + 1)
        if number not in known and filled(row)
    ]
    for number, row in progress.each(data, N_("Reading the rows"), _TELL_EVERY):
        _take(how, number, row, harvest)
    return harvest


def _keys(harvest: _Harvest) -> set[Key]:
    """What tells the documents apart that an ordinary row may belong to, see `joining`."""
    return {
        (line.buyer_key, line.number)
        for line in harvest.lines
        if not line.role.is_credit and not line.typed
    }


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
        harvest.lines += rows.lines(cells)
    except rows.Skipped as skipped:
        harvest.skipped.append(Problem(skipped.reason, number))
    except Refused as refused:
        harvest.rejected.append(cells.problem(refused))
        if isinstance(refused, Waiting):
            question = refused.question
            harvest.waiting.setdefault(question.id, (question, []))[1].append(number)
    harvest.unread += cells.unread_days


def _draft(
    sheet: Sheet, mapping: Mapping, how: Layout, plain: Ordinary, harvest: _Harvest
) -> LedgerDraft:
    receipts = [line for line in harvest.lines if line.role.is_credit]
    found = joined(
        (line for line in harvest.lines if not line.role.is_credit), mapping.head
    )
    reversed_by_note(found)
    credits_ = list(without_repeats(receipts, found))
    receipts = [line for line in credits_ if not is_bill(line)]
    wrong = tuple(_contradictions(found.lines, mapping))
    refused = {problem.row for problem in wrong}
    begun = openings(sheet, mapping, how)
    skipped = [each for each in harvest.skipped if each.row not in rows_of(begun)]
    good = [line for line in found.lines if line.row not in refused]
    documents = tuple(map(document, good))
    numbers = {(each.buyer.code or each.buyer.name, each.number) for each in documents}
    if credits_:
        numbers.update(plain.keys)
    rows_read = _by_row(
        plain.documents,
        (
            DocumentRow.of(each)
            for each in (*documents, *begun.documents)
            if each.amount
        ),
    )
    rows_kept, bills = with_bills(
        document_rows(rows_read),
        (Bill(line, pays(line, numbers)) for line in credits_ if is_bill(line)),
    )
    return LedgerDraft(
        source=LedgerSource(
            file_name=sheet.file_name,
            digest=sheet.digest,
            sheet=sheet.name,
            header_row=mapping.header_row,
        ),
        documents=Rows(rows_kept),
        payments=_by_row(
            filter(None, plain.payments),
            (
                PaymentRow.of(each)
                for line in good
                for each in payments_of_invoice(line)
            ),
            behind=map(
                PaymentRow.of,
                (
                    *begun.payments,
                    *of_rows(receipts, numbers, by_contract(rows_kept, receipts)),
                ),
            ),
        ),
        rejected=_in_order(
            (*harvest.rejected, *found.rejected, *wrong, *begun.rejected)
        ),
        skipped=_in_order((*skipped, *found.skipped, *_used_up(documents), *bills)),
        notes=_in_order(
            (
                *remarks(how, harvest.lines, plain),
                *row_remarks(how, harvest.lines),
                *found.notes,
                *harvest.unread,
            )
        ),
        columns=mapping.headers,
        unread_columns=unread_columns(sheet, mapping, how),
        questions=(*harvest.questions, *open_terms(how, plain, good)),
        answers=how.answers,
        rows_read=harvest.rows_read,
        file_totals=harvest.file_totals,
    )


def _by_row(
    plain: Iterable[_Row], careful: Iterable[_Row], behind: Iterable[_Row] = ()
) -> Rows[Any]:
    """All of them in the order of the file, those of rows of their own behind."""
    return Rows((*sorted((*plain, *careful), key=itemgetter(0)), *behind))


def _contradictions(lines: list[LedgerLine], mapping: Mapping) -> Iterator[Problem]:
    """More open or disputed than the document has, or a negative part: which is right only the ledger knows."""
    for line in lines:
        found = contradiction(line)
        if found is None:
            continue
        field, value, reason = found
        shown = value.plain if value else ""
        yield Problem(Message(reason), line.row, mapping.headers.get(field, ""), shown)


def _used_up(documents: tuple[DraftDocument, ...]) -> Iterator[Problem]:
    for each in documents:
        if not each.amount:
            reason = Message.of(
                N_("Nothing is left of the credit note {number}."), number=each.number
            )
            yield Problem(reason, each.row, value=each.number)


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.row or 0))
