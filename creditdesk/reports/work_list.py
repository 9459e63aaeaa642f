"""The firm's work list: what was done for which client when, with room for the hours that are billed (rules.md 9)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.review.work import WorkRow
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Value

TITLE = N_("Work list")


def write(
    rows: Sequence[WorkRow], period: tuple[date, date], path: Path, language: Language
) -> int:
    """Write it; the answer is its rows. Hours are typed in by the firm and summed by client. Raises `CannotWrite`."""
    book, say = Book(language), words(language)
    sheet = book.sheet(say(TITLE))
    sheet.line(say(TITLE), bold=True, size=16)
    sheet.line(style.period(*period, say))
    fields = (
        Field(say("Day"), Shape.DAY, 13),
        Field(say("Client"), width=34),
        Field(say("What was done"), width=44),
        Field(say("Entries"), Shape.COUNT, 10, summed=True),
        Field(say("By"), width=14),
        Field(say("Hours"), Shape.NUMBER, 10, summed=True),
    )
    lines: list[list[Value]] = [
        [row.on, row.client, _done(row, say), row.count, row.who, None] for row in rows
    ]
    body = sheet.table(fields, lines or [[None] * len(fields)], total=say("Total"))
    clients = book.sheet(say("By client"))
    clients.line(say("By client"), bold=True, size=14)
    names = list(dict.fromkeys(row.client for row in rows))

    def of(column: str) -> str:
        return f"{sheet.name}!${column}${body.start}:${column}${body.stop - 1}"

    first = clients.row + 2
    sums: list[list[Value]] = [
        [
            name,
            Decimal(len({row.on for row in rows if row.client == name})),
            Formula(
                f"=SUMIF({of('B')},A{at},{of('D')})",
                Decimal(sum(row.count for row in rows if row.client == name)),
            ),
            Formula(f"=SUMIF({of('B')},A{at},{of('F')})", Decimal(0)),
        ]
        for at, name in enumerate(names, first)
    ]
    heads = (
        Field(say("Client"), width=34),
        Field(say("Days with work"), Shape.COUNT, 14),
        Field(say("Entries"), Shape.COUNT, 12, summed=True),
        Field(say("Hours"), Shape.NUMBER, 12, summed=True),
    )
    clients.table(heads, sums or [[None] * len(heads)], total=say("Total"))
    book.save(path, say(TITLE))
    return len(rows)


def _done(row: WorkRow, say: Words) -> str:
    one, many = row.words
    return say.plural(one, many, row.count)


def _make(desk: Sources, asked: ReportAsked, _progress: object) -> None:
    found = desk.reviews.work(*asked.period, asked.client)
    write(found, asked.period, asked.path, asked.language)


REPORT = Report(
    "work_list", TITLE, (FileKind.WORKBOOK,), asks=(Ask.CLIENT, Ask.START, Ask.END), make=_make
)  # fmt: skip
