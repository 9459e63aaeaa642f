"""The annual review for a managing director: two pages, charts first, then the figures and what to do (rules.md 9)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import Kpi, ReviewBook, Unit
from creditdesk.domain.review.kpis import kpis, main
from creditdesk.domain.review.rows import BUCKETS
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.areas import Chart, Point, side_by_side
from creditdesk.paper.bars import Bar, bars
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.aging_workbook import bucket
from creditdesk.reports.annual_review import judged, suggested
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.review_book import book_of

_TITLE = N_("Annual review, two pages")
_BUYERS: Final = 8
_SCALE: Final = 10_000
_UNITS = {"zh": "万", "en": "10,000"}
_NONE: Final = "—"


def write(review: ReviewBook, path: Path, language: Language) -> int:
    """Write it; the answer is its pages. Raises `CannotWrite`."""
    say = words(language)
    title = say("Annual review of credit insurance")
    document = Document(language, f"{title} {review.client.name}")
    document.page()
    document.letterhead(review.client.name, style.period(review.start, review.end, say))
    document.space(10)
    document.text(title, size=18, bold=True)
    document.text(_policy(review, say), size=SMALL, tone="quiet")
    document.space(6)
    _charts(document, review, say)
    document.page()
    _figures(document, review, kpis(review), say)
    for head, texts in ((say("Findings"), review.findings), (say("What to do"), review.actions)):  # fmt: skip
        document.heading(head)
        for number, text in enumerate(texts, start=1):
            document.text(f"{number}. {text}")
    document.space(8)
    document.text(_basis(review, say), size=SMALL, tone="quiet")
    with beside(path) as new:
        document.save(new, title)
    return document.pages


def _policy(review: ReviewBook, say: Words) -> str:
    known = review.policy
    if known is None:
        return say("No policy ran in this time.")
    name = known.name.in_language(say.language) if known.name else known.title
    return f"{known.number} {name}  {known.insurer}"


def _charts(document: Document, review: ReviewBook, say: Words) -> None:
    if review.months:
        points = [
            Point(row.end, float(row.insured.amount), float(row.uninsured.amount))
            for row in review.months
        ]
        title = say("Insured and not insured at the ends of the months")
        aside = say("{currency}, in units of {unit}", currency=review.currency, unit=_UNITS[say.language])  # fmt: skip
        side_by_side(document, [Chart(title, aside, points)], _SCALE)
        legend = say("Filled: insured. Hatched: not insured.")
        document.text(legend, size=SMALL, tone="quiet")
    _block(document, say("Receivables by days overdue"), list(_ages(review, say)))
    head = say("The largest balances: insured, and not insured")
    _block(document, head, list(_buyers(review)))
    _block(document, say("Premium against indemnity"), list(_premium(review, say)))


def _block(document: Document, title: str, rows: list[Bar]) -> None:
    if rows:
        document.heading(title)
        bars(document, rows)


def _ages(review: ReviewBook, say: Words) -> Iterator[Bar]:
    if not review.ageing:
        return
    columns = zip(*(row.amounts for row in review.ageing), strict=True)
    for name, amounts in zip(BUCKETS, columns, strict=True):
        total = Money.total(amounts, review.currency)
        late = 0.0 if name == BUCKETS[0] else float(total.amount)
        yield Bar(bucket(name, say), float(total.amount) - late, late, style.figure(total))  # fmt: skip


def _buyers(review: ReviewBook) -> Iterator[Bar]:
    for row in review.portfolio[:_BUYERS]:
        if row.balance:
            bare = float((row.balance - row.insured).amount)
            yield Bar(row.buyer, float(row.insured.amount), bare, style.figure(row.balance))  # fmt: skip


def _premium(review: ReviewBook, say: Words) -> Iterator[Bar]:
    known = review.policy
    paid = Money.total((row.paid_in for row in review.claims if row.paid_in), review.currency)  # fmt: skip
    if known and known.premium is not None:
        for name, amount in (
            (say("Premium, before tax"), known.premium),
            (say("Indemnity paid in the period"), paid),
        ):
            yield Bar(name, float(amount.amount), 0.0, style.figure(amount))


def _figures(document: Document, review: ReviewBook, found: tuple[Kpi, ...], say: Words) -> None:  # fmt: skip
    before = {each.code: each for each in review.last_year}
    columns = [
        Column(say("Key figure"), share=2.4),
        Column(say("This year"), right=True),
        Column(say("Last year"), right=True),
        Column(say("Judgement"), right=True),
    ]
    rows = []
    for kpi in main(found):
        tone = "danger" if kpi.good is False else "text"
        last = before.get(kpi.code)
        cells = (
            Cell(say(kpi.title), say(kpi.measure.definition)),
            Cell(value_words(kpi, review.currency, say), bold=True, tone=tone),
            Cell(value_words(last, review.currency, say) if last else _NONE),
            Cell(say(judged(kpi)), tone=tone),
        )
        rows.append(Row(cells))
    document.table(columns, rows)


_COUNTED = {
    Unit.DAYS: N_("{value} days"),
    Unit.BPS: N_("{value} bps"),
    Unit.TIMES: N_("{value} times"),
}


def value_words(kpi: Kpi, currency: str, say: Words) -> str:
    """A figure with what it counts."""
    value, unit = kpi.value, kpi.measure.unit
    if value is None:
        return _NONE
    if unit is Unit.SHARE:
        return f"{value * 100:,.1f}\u00a0%"
    if unit is Unit.MONEY:
        return style.figure(Money(value, currency))
    plain = f"{value:,f}"
    return say(_COUNTED[unit], value=plain) if unit in _COUNTED else plain


def _basis(review: ReviewBook, say: Words) -> str:
    return say(
        "Every figure stands with its rows in the workbook of the same period. Amounts in {currency}, data of {day}.",
        currency=review.currency,
        day=style.day(review.data_date),
    )


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    book = book_of(desk, asked.the_client(), *asked.period, asked.today, progress)
    write(suggested(book, asked.language), asked.path, asked.language)


REPORT = Report(
    "review_brief", _TITLE, (FileKind.PDF,), asks=(Ask.CLIENT, Ask.START, Ask.END), make=_make
)  # fmt: skip
