"""The aging as a workbook: totals, a line a buyer, or a line a document; one sheet a currency."""

from datetime import date
from enum import StrEnum
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import AgingFigures, AgingRow
from creditdesk.domain.ledger.brackets import NOT_DUE
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import N_, Language, Message, Words
from creditdesk.jobs import Progress
from creditdesk.readings.queries import DocumentKey
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.workbook import Book, Field, Shape, Value
from creditdesk.services.ledger.values import AgingReport


class Level(StrEnum):
    """How fine the lines are."""

    TOTAL = "total"
    BUYER = "buyer"
    INVOICE = "invoice"


def write(  # noqa: PLR0913 - what, where, how fine
    report: AgingReport,
    path: Path,
    language: Language,
    progress: Progress,
    *,
    by: Level = Level.BUYER,
    of: str = "",
) -> None:
    """Write the workbook; `of` names whose aging it is."""
    book = Book(language)
    title = book.words("Aging on {day}", day=style.day(report.aging.as_of))
    for currency in progress.each(
        list(report.aging.by_currency), N_("Writing the aging")
    ):
        sheet = book.sheet(f"{title} {currency}", currency)
        sheet.line(of or title, bold=True, size=14)
        sheet.line(
            book.words("{title}, amounts in {currency}", title=title, currency=currency)
        )
        if by is Level.INVOICE:
            rows = [
                [
                    report.buyers[row.buyer].code,
                    report.buyers[row.buyer].name,
                    book.words.name(report.name(row.id)),
                    row.issued,
                    _due(row, book.words),
                    None if row.due_missing else row.days_overdue,
                    bucket(row.bucket, book.words),
                    row.open,
                ]
                for row in report.aging.rows
                if row.open.currency == currency
            ]
            sheet.table(_invoice_fields(book.words), rows, total=book.words("Total"))
        elif by is Level.BUYER:
            lines = [
                [
                    report.buyers[buyer].code,
                    report.buyers[buyer].name,
                    *_figures(own[currency]),
                ]
                for buyer, own in report.aging.by_buyer.items()
                if currency in own
            ]
            named = [
                Field(book.words("Code"), width=14),
                Field(book.words("Buyer"), width=34),
            ]
            fields = [*named, *_figure_fields(report.aging.names, book.words)]
            sheet.table(fields, lines, total=book.words("Total"))
        else:
            fields = [
                Field(book.words("Currency"), width=12),
                *_figure_fields(report.aging.names, book.words),
            ]
            sheet.table(
                fields, [[currency, *_figures(report.aging.by_currency[currency])]]
            )
    if not report.aging.by_currency:
        book.sheet(title).line(book.words("Nothing is open on this day."))
    progress.step(Message(N_("Writing the aging")))
    book.save(path, title)


def _due(row: AgingRow[DocumentKey, int], words: Words) -> date | str | None:
    """When an item falls due; nothing for an opening balance and the like, which have no such day."""
    waits = row.due is None and row.id[2] == DocumentKind.INVOICE.value
    return words("due date open") if waits else row.due


def bucket(name: str, words: Words) -> str:
    """A column of the aging in words."""
    if name == NOT_DUE:
        return words("Not due")
    if name.startswith(">"):
        return words("More than {days} days", days=name[1:])
    return words("{days} days", days=name)


def _invoice_fields(words: Words) -> list[Field]:
    return [
        Field(words("Code"), width=14),
        Field(words("Buyer"), width=34),
        Field(words("Document"), width=22),
        Field(words("Issued"), Shape.DAY, 12),
        Field(words("Due"), Shape.DAY, 12),
        Field(words("Days overdue"), Shape.COUNT, 10),
        Field(words("Age band"), width=16),
        Field(words("Amount open"), Shape.MONEY, 18, summed=True),
    ]


def _figure_fields(names: tuple[str, ...], words: Words) -> list[Field]:
    return [
        Field(words("Open documents"), Shape.COUNT, 10, summed=True),
        *(Field(bucket(name, words), Shape.MONEY, 16, summed=True) for name in names),
        Field(words("Amount open"), Shape.MONEY, 18, summed=True),
        Field(words("Unapplied"), Shape.MONEY, 16, summed=True),
        Field(words("Balance"), Shape.MONEY, 18, summed=True),
    ]


def _figures(figures: AgingFigures) -> list[Value]:
    return [
        figures.open_count,
        *map(_unless_zero, figures.columns),
        figures.outstanding,
        _unless_zero(figures.unapplied),
        figures.balance,
    ]


def _unless_zero(amount: Money) -> Money | None:
    return amount or None


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    report = desk.ledger.aging(asked.day, client_id=asked.client)
    whose = report.clients.get(asked.client, "") if asked.client else ""
    write(report, asked.path, asked.language, progress, of=whose)


REPORT = Report(
    "aging", N_("Aging"), (FileKind.WORKBOOK,), asks=(Ask.CLIENT, Ask.DAY), make=_make
)
