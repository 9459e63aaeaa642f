"""The annual review workbook: findings and key figures on top, the rows they come from behind (rules.md 9)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from creditdesk.domain.review.book import Kpi, PolicyFigures, ReviewBook, Unit
from creditdesk.domain.review.findings import findings
from creditdesk.domain.review.kpis import kpis, main
from creditdesk.i18n import N_, Language, Message, words
from creditdesk.jobs import Progress
from creditdesk.reports import review_records as records
from creditdesk.reports import review_sheets as sheets
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.review_book import book_of
from creditdesk.reports.review_formulas import FORMULAS
from creditdesk.reports.review_table import Entry, enter
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Sheet

SHAPES = {
    Unit.SHARE: Shape.SHARE,
    Unit.BPS: Shape.NUMBER,
    Unit.TIMES: Shape.NUMBER,
    Unit.DAYS: Shape.NUMBER,
    Unit.COUNT: Shape.COUNT,
    Unit.INDEX: Shape.NUMBER,
    Unit.MONEY: Shape.MONEY,
}
_FINE, _LOOK = N_("in range"), N_("look at this")
_TITLES = (N_("Findings"), N_("What to do"))


def write(
    review: ReviewBook, path: Path, language: Language, progress: Progress
) -> tuple[Kpi, ...]:
    """Write the workbook; the answer are the key figures its formulas must come to. Raises `CannotWrite`."""
    progress.step(Message(N_("Writing the review")))
    book = Book(language)
    summary = book.sheet(f"1 {book.words('Summary')}", review.currency)
    found = kpis(review)
    _head(summary, review, book)
    sheets.policy(book, review)
    sheets.premium(book, review)
    sheets.portfolio(book, review)
    sheets.limits(book, review)
    sheets.uninsured(book, review)
    sheets.ageing(book, review)
    progress.step(Message(N_("Writing the review")))
    for sheet in (
        records.duties, records.notices, records.claims, records.recoveries, records.alerts, records.quotes,
        records.changes, records.lessons, records.data_notes,
    ):  # fmt: skip
        sheet(book, review)
    progress.step(Message(N_("Writing the review")))
    _figures(summary, review, book, main(found), _TITLES)
    summary.line()
    summary.line(book.words("Further figures"), bold=True, size=12)
    others = tuple(each for each in found if not each.measure.main)
    _figures(summary, review, book, others)
    book.save(path, book.words("Annual review {client}", client=review.client.name))
    return found


def _head(summary: Sheet, review: ReviewBook, book: Book) -> None:
    say, known = book.words, review.policy
    policy = known or PolicyFigures(title="", number="", insurer="")
    title = policy.name.in_language(say.language) if policy.name else policy.title
    summary.line(say("Annual review of credit insurance"), bold=True, size=16)
    summary.line(say("Client"), review.client.name)
    summary.line(say("Policy"), f"{policy.number} {title}" if known else say("none"))
    summary.line(say("Insurer"), policy.insurer)
    summary.line(say("Period covered"), style.period(review.start, review.end, say))
    prepared = f"{review.firm.name}  {style.day(review.prepared_on)}".strip()
    summary.line(say("Prepared by"), prepared)
    enter(
        book, summary, Entry("data_date", say("Data date"), review.data_date, Shape.DAY)
    )
    enter(
        book,
        summary,
        Entry("period_start", say("Period from"), review.start, Shape.DAY),
    )
    enter(book, summary, Entry("period_end", say("Period to"), review.end, Shape.DAY))
    enter(
        book,
        summary,
        Entry(
            "opening", say("Receivable at the beginning"), review.opening, Shape.MONEY
        ),
    )
    enter(
        book,
        summary,
        Entry(
            "avoided",
            say("Bad trade avoided (your entry)"),
            review.avoided,
            Shape.MONEY,
        ),
    )
    summary.line()


def _figures(
    summary: Sheet, review: ReviewBook, book: Book, found: Sequence[Kpi], lists: Sequence[str] = ()
) -> None:  # fmt: skip
    """The figures with last year's, their range and a light; the sentences come after the first of two tables."""
    say = book.words
    before = {kpi.code: kpi.value for kpi in review.last_year}
    fields = (
        Field(say("Key figure"), width=46),
        Field(say("This year"), width=30),
        Field(say("Last year"), width=17),
        Field(say("Healthy from"), width=12),
        Field(say("Healthy to"), width=12),
        Field(say("Judgement"), width=17),
    )
    body = summary.table(fields, [[say(kpi.title), *[None] * 5] for kpi in found], beside=not lists)  # fmt: skip
    for row, kpi in zip(body, found, strict=True):
        shape = SHAPES[kpi.measure.unit]
        value = "" if kpi.value is None else kpi.value
        summary.put(row, 2, Formula(f'=IFERROR({FORMULAS[kpi.code]},"")', value), shape)
        summary.put(row, 3, before.get(kpi.code), shape)
        summary.put(row, 4, kpi.measure.low, shape)
        summary.put(row, 5, kpi.measure.high, shape)
        summary.put(row, 6, Formula(_light(row, book), say(judged(kpi))), Shape.TEXT)
    cells = f"F{body.start}:F{body.stop - 1}"
    summary.tint(cells, f'$F{body.start}="{say(_FINE)}"', "2E7D32")
    summary.tint(cells, f'$F{body.start}="{say(_LOOK)}"', "B3261E")
    for title, texts in zip(lists, (review.findings, review.actions), strict=False):
        _sentences(summary, say(title), texts)


def _sentences(summary: Sheet, title: str, texts: Iterable[str]) -> None:
    summary.line()
    summary.line(title, bold=True, size=12)
    for number, text in enumerate(texts, start=1):
        summary.paragraph(f"{number}. {text}", columns=6)


def judged(kpi: Kpi) -> str:
    """What to think of a figure, to be translated."""
    if kpi.value is None:
        return N_("no data")
    if kpi.good is None:
        return N_("no range")
    return _FINE if kpi.good else _LOOK


def _light(row: int, book: Book) -> str:
    none, free, fine, look = (book.words(text) for text in (N_("no data"), N_("no range"), _FINE, _LOOK))  # fmt: skip
    value, low, high = f"B{row}", f"D{row}", f"E{row}"
    inside = f'AND(OR({low}="",{value}>={low}),OR({high}="",{value}<={high}))'
    return (
        f'=IF({value}="","{none}",IF(AND({low}="",{high}=""),"{free}",IF({inside},"{fine}","{look}")))'
    )  # fmt: skip


def suggested(review: ReviewBook, language: Language) -> ReviewBook:
    """With the sentences that follow from its figures, as they stand until a person puts them in better words."""
    found, say = findings(review), words(language)
    return replace(
        review,
        findings=tuple(say.say(each.said) for each in found),
        actions=tuple(say.say(each.action) for each in found),
    )


def file_name(review: ReviewBook, language: Language, kind: FileKind) -> str:
    """What a review is called: after the client and the period."""
    word = words(language)("Annual review")
    client = "".join(each for each in review.client.name if each not in '\\/:*?"<>|').strip()  # fmt: skip
    return f"{client} {word} {review.start.isoformat()} {review.end.isoformat()}.{kind}"


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    client, period = asked.the_client(), asked.period
    book = book_of(desk, client, *period, asked.today, progress)
    write(suggested(book, asked.language), asked.path, asked.language, progress)
    desk.reviews.record(client, *period)


REPORT = Report(
    "annual_review", N_("Annual review"), (FileKind.WORKBOOK,), asks=(Ask.CLIENT, Ask.START, Ask.END), make=_make
)  # fmt: skip
