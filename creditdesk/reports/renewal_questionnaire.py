"""The renewal questionnaire: what insurers ask, filled from the ledger with last year beside, as PDF or workbook."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import ReviewBook, Unit
from creditdesk.domain.review.questionnaire import (
    Answer,
    Question,
    Questionnaire,
    questionnaire,
)
from creditdesk.domain.review.rows import BUCKETS, PortfolioRow
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.aging_workbook import bucket
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.review_book import two_years
from creditdesk.reports.workbook import Book, Field, Shape, Value

TITLE = N_("Renewal questionnaire")
_YEAR: Final = timedelta(days=364)
_SHAPES = {
    Unit.SHARE: Shape.SHARE,
    Unit.MONEY: Shape.MONEY,
    Unit.COUNT: Shape.COUNT,
    Unit.DAYS: Shape.NUMBER,
    Unit.INDEX: Shape.NUMBER,
}
_COUNTED = {Unit.DAYS: N_("{value} days")}


def write(found: Questionnaire, path: Path, language: Language) -> int:
    """Write it as the ending of the name says; the answer is its pages or sheets. Raises `CannotWrite`."""
    if path.suffix.lower() == f".{FileKind.WORKBOOK}":
        return _workbook(found, path, language)
    return _paper(found, path, language)


def _paper(found: Questionnaire, path: Path, language: Language) -> int:
    say, book = words(language), found.book
    document = Document(language, f"{say(TITLE)} {book.client.name}")
    document.page()
    document.letterhead(book.client.name, style.period(book.start, book.end, say))
    document.space(10)
    document.text(say(TITLE), size=18, bold=True)
    document.text(_said(book, say), size=SMALL, tone="quiet")
    document.space(4)
    document.facts(_facts(book, say))
    columns = [
        Column(say("Question"), share=2),
        Column(say("This year"), right=True, width=120),
        Column(say("Last year"), right=True, width=120),
    ]
    for section in found.sections:
        document.heading(say(section.title))
        rows = [
            Row(
                (
                    Cell(_text(each, say)),
                    Cell(_answer(each.now, each.unit, say)),
                    Cell(_answer(each.before, each.unit, say)),
                )
            )
            for each in section.questions
        ]
        if rows:
            document.table(columns, rows, tight=3)
    document.page()
    document.heading(say("The ten largest buyers"))
    shown = (0, 2, 3, 4, 5, 7)
    heads = [Column(say(_HEADS[at]), share=1.6, right=at > 0) for at in shown]
    lines = [_line(row, shown, say) for row in found.largest]
    if lines:
        document.table(heads, lines, tight=2)
    document.heading(say("Overdue for more than 60 days"))
    late = [Row((Cell(name), Cell(style.figure(amount)))) for name, amount in found.late]  # fmt: skip
    if late:
        document.table([Column(say("Buyer")), Column(say("Amount open"), right=True)], late)  # fmt: skip
    else:
        document.text(say("none"), size=SMALL)
    document.seals([say("Policyholder")], say("Date"))
    with beside(path) as new:
        document.save(new, say(TITLE))
    return document.pages


_HEADS = (
    N_("Buyer"), N_("Country"), N_("Turnover"), N_("Peak balance"), N_("Balance"), N_("Limit"), N_("Days agreed"),
    N_("Days beyond terms"),
)  # fmt: skip


def _buyer(row: PortfolioRow) -> tuple[str, ...]:
    return (
        row.buyer,
        row.country,
        style.figure(row.turnover),
        style.figure(row.peak),
        style.figure(row.balance),
        style.figure(row.limit),
        "" if row.terms is None else str(row.terms),
        "" if row.dbt is None else str(row.dbt),
    )


def _line(row: PortfolioRow, shown: Sequence[int], say: Words) -> Row:
    """On paper country and term stand below the name."""
    told = _buyer(row)
    term = say("{value} days", value=row.terms) if row.terms is not None else ""
    detail = " · ".join(part for part in (row.country, term) if part)
    return Row((Cell(row.buyer, detail), *(Cell(told[at]) for at in shown[1:])))


def _workbook(found: Questionnaire, path: Path, language: Language) -> int:
    book = Book(language)
    say, review = book.words, found.book
    sheet = book.sheet(say(TITLE), review.currency)
    sheet.line(say(TITLE), bold=True, size=16)
    for label, value in _facts(review, say):
        sheet.line(label, value)
    sheet.line(_said(review, say))
    fields = (
        Field(say("Question"), width=58),
        Field(say("This year"), width=24),
        Field(say("Last year"), width=24),
    )
    first = True
    for section in found.sections:
        sheet.line()
        sheet.line(say(section.title), bold=True, size=12)
        asked = [[_text(each, say), None, None] for each in section.questions]
        body = sheet.table(fields, asked, beside=not first)
        first = False
        for row, each in zip(body, section.questions, strict=True):
            shape = _SHAPES.get(each.unit, Shape.TEXT) if each.unit else Shape.TEXT
            sheet.put(row, 2, each.now, shape)
            sheet.put(row, 3, each.before, shape)
    buyers = book.sheet(say("The ten largest buyers"), review.currency)
    buyers.line(say("The ten largest buyers"), bold=True, size=14)
    money, days = Shape.MONEY, Shape.NUMBER
    shapes = (Shape.TEXT, Shape.TEXT, money, money, money, money, Shape.COUNT, days)
    heads = [
        Field(say(head), shape, 15) for head, shape in zip(_HEADS, shapes, strict=True)
    ]
    heads[0] = Field(say(_HEADS[0]), width=30)
    rows: list[list[Value]] = [
        [row.buyer, row.country, row.turnover, row.peak, row.balance, row.limit, row.terms, row.dbt]
        for row in found.largest
    ]  # fmt: skip
    buyers.table(heads, rows or [[None] * len(heads)])
    buyers.line()
    buyers.line(say("Overdue for more than 60 days"), bold=True, size=12)
    late: Sequence[Sequence[Value]] = [[name, None, amount] for name, amount in found.late]  # fmt: skip
    owed = (Field(say("Buyer")), Field(""), Field(say("Amount open"), Shape.MONEY, summed=True))  # fmt: skip
    buyers.table(owed, late or [[None] * 3], total=say("Total"), beside=True)
    book.save(path, say(TITLE))
    return 2


def _facts(book: ReviewBook, say: Words) -> Iterator[tuple[str, str]]:
    yield say("Policyholder"), style.party(book.client)
    known = book.policy
    yield say("Policy"), f"{known.number} {known.insurer}" if known else say("none")
    yield say("Period covered"), style.period(book.start, book.end, say)


def _said(book: ReviewBook, say: Words) -> str:
    return say(
        "Answered from the ledger as of {day}, amounts in {currency}. What is blank the client fills in.",
        day=style.day(book.data_date),
        currency=book.currency,
    )


def _text(each: Question, say: Words) -> str:
    if not each.named:
        return say(each.text)
    return bucket(each.text, say) if each.text in BUCKETS else each.text


def _answer(value: Answer, unit: Unit | None, say: Words) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Money):
        return style.figure(value)
    if unit is Unit.SHARE:
        return f"{Decimal(value) * 100:,.1f}\u00a0%"
    plain = f"{Decimal(value):,f}"
    return say(_COUNTED[unit], value=plain) if unit in _COUNTED else plain


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    end: date = asked.day
    book, before = two_years(desk, asked.the_client(), end - _YEAR, end, asked.today, progress)  # fmt: skip
    write(questionnaire(book, before), asked.path, asked.language)


REPORT = Report(
    "renewal_questionnaire", TITLE, (FileKind.PDF, FileKind.WORKBOOK), asks=(Ask.CLIENT, Ask.DAY), make=_make
)  # fmt: skip
