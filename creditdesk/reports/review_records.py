"""Sheets 8 to 16 of the annual review: what was done, lost, warned of and learned, and where figures come from."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from creditdesk.domain.review.book import Measure, ReviewBook
from creditdesk.domain.review.measures import MEASURES
from creditdesk.domain.review.rows import (
    AlertRow,
    ChangeRow,
    ClaimRow,
    DutyRow,
    LessonRow,
    NoticeRow,
    QuoteRow,
    RecoveryRow,
    SourceRow,
)
from creditdesk.i18n import N_
from creditdesk.reports.review_table import At, Col, begin, summed, table
from creditdesk.reports.workbook import Book, Formula, Shape, Value

_CRITERIA = (
    N_("Limits on the ten largest buyers"), N_("Flexibility of the wording"), N_("Total yearly cost"),
    N_("Claim handling"), N_("Financial strength"), N_("Service and portal"),
)  # fmt: skip


def duties(book: Book, review: ReviewBook) -> None:
    """Sheet 8: what had to be done by when; open duties are counted to the data date."""
    sheet, words = begin(book, review, 8, N_("Duties performed")), book.words

    def late(row: DutyRow, at: At) -> Value:
        text = f'=MAX(0,IF({at["done"]}="",data_date,{at["done"]})-{at["legal"]})'
        return Formula(text, Decimal(row.late(review.data_date)))

    columns: Sequence[Col[DutyRow]] = (
        Col(words("Duty"), lambda row, _: words.say(row.duty), width=28),
        Col(words("Concerns"), lambda row, _: words.name(row.subject), width=26),
        Col(words("Counted from"), lambda row, _: row.anchor, Shape.DAY, 12),
        Col(words("Safe date"), lambda row, _: row.safe, Shape.DAY, 12),
        Col(words("Last legal day"), lambda row, _: row.legal, Shape.DAY, 12, key="legal"),
        Col(words("Done on"), lambda row, _: row.done, Shape.DAY, 12, key="done"),
        Col(words("Days late"), late, Shape.COUNT, 8, key="late"),
        Col(words("Consequence"), lambda row, _: words.say(row.consequence), width=34),
        Col(words("Evidence"), lambda row, _: row.evidence, width=14),
        summed(words("Money at risk"), lambda row, _: row.exposed, 16, "exposed"),
    )  # fmt: skip
    table(book, sheet, "duties", columns, review.duties)


def notices(book: Book, review: ReviewBook) -> None:
    """Sheet 9: what the insurer was told of overdue invoices and events."""
    sheet, words = begin(book, review, 9, N_("Overdue notices")), book.words

    def after(row: NoticeRow, at: At) -> Value:
        text = f'=IF({at["due"]}="","",{at["sent"]}-{at["due"]})'
        return Formula(text, Decimal((row.sent - row.due).days) if row.due else "")

    columns: Sequence[Col[NoticeRow]] = (
        Col(words("Buyer"), lambda row, _: row.buyer, width=32),
        Col(words("Invoice"), lambda row, _: words.name(row.invoice), width=26),
        Col(words("Noticed on"), lambda row, _: row.sent, Shape.DAY, 12, key="sent"),
        Col(words("Way"), lambda row, _: row.way, width=16),
        Col(words("Due on"), lambda row, _: row.due, Shape.DAY, 12, key="due"),
        Col(words("Days after due"), after, Shape.COUNT, 10),
        summed(words("Amount told"), lambda row, _: row.open, 18),
        Col(words("What became of it"), lambda row, _: words.say(row.outcome), width=24),
    )  # fmt: skip
    table(book, sheet, "notices", columns, review.notices)


def claims(book: Book, review: ReviewBook) -> None:
    """Sheet 10: claims with their days from step to step."""
    sheet, words = begin(book, review, 10, N_("Claims")), book.words

    def days(start: str, end: str) -> Col[ClaimRow]:
        def of(row: ClaimRow, at: At) -> Value:
            first, last = getattr(row, start), getattr(row, end)
            known = isinstance(first, date) and isinstance(last, date)
            text = f'=IF(OR({at[start]}="",{at[end]}=""),"",{at[end]}-{at[start]})'
            return Formula(text, Decimal((last - first).days) if known else "")

        return Col(words(_DAYS[start, end]), of, Shape.COUNT, 10, key=f"days_{start}")

    columns: Sequence[Col[ClaimRow]] = (
        Col(words("Claim"), lambda row, _: row.number, width=15),
        Col(words("Buyer"), lambda row, _: row.buyer, width=26),
        Col(words("Noticed"), lambda row, _: row.noticed, Shape.DAY, 12, key="noticed"),
        Col(words("Filed on"), lambda row, _: row.filed, Shape.DAY, 12, key="filed"),
        Col(words("Accepted on"), lambda row, _: row.accepted, Shape.DAY, 12),
        Col(words("Decided on"), lambda row, _: row.decided, Shape.DAY, 12, key="decided"),
        Col(words("Paid on"), lambda row, _: row.paid_on, Shape.DAY, 12, key="paid_on"),
        summed(words("Claimed"), lambda row, _: row.claimed, 15, "claimed"),
        summed(words("Indemnity paid"), lambda row, _: row.paid, 15, "paid"),
        summed(words("of it in the period"), lambda row, _: row.paid_in, 15, "paid_in"),
        summed(words("Expected of it"), lambda row, _: row.reserve, 15, "reserve"),
        summed(words("Recovered"), lambda row, _: row.recovered, 15),
        Col(words("Reason for the difference"), lambda row, _: row.reason, width=30),
        days("noticed", "filed"),
        days("filed", "decided"),
        days("decided", "paid_on"),
    )  # fmt: skip
    table(book, sheet, "claims", columns, review.claims)


_DAYS = {
    ("noticed", "filed"): N_("Days, notice to filing"),
    ("filed", "decided"): N_("Days, filing to decision"),
    ("decided", "paid_on"): N_("Days, decision to payment"),
}


def recoveries(book: Book, review: ReviewBook) -> None:
    """Sheet 11: what came in after the losses, and how it was shared."""
    sheet, words = begin(book, review, 11, N_("Recoveries")), book.words

    def insured(row: RecoveryRow, at: At) -> Value:
        return Formula(f"={at['net']}-{at['insurer']}", (row.net - row.insurer).amount)

    columns: Sequence[Col[RecoveryRow]] = (
        Col(words("Claim"), lambda row, _: row.claim, width=16),
        Col(words("Buyer"), lambda row, _: row.buyer, width=26),
        Col(words("Received on"), lambda row, _: row.received, Shape.DAY, 12),
        Col(words("From"), lambda row, _: words.say(row.source), width=18),
        summed(words("Received"), lambda row, _: row.gross, 16, "gross"),
        summed(words("Costs"), lambda row, _: row.costs, 14, "costs"),
        summed(words("After costs"), lambda row, _: row.net, 16, "net"),
        summed(words("Insurer's share"), lambda row, _: row.insurer, 16, "insurer"),
        summed(words("Own share of it"), insured, 16),
        Col(words("Handed over on"), lambda row, _: row.remitted, Shape.DAY, 12),
    )  # fmt: skip
    table(book, sheet, "recoveries", columns, review.recoveries)


def alerts(book: Book, review: ReviewBook) -> None:
    """Sheet 12: the warnings that hold at the end, and what was done about them."""
    sheet, words = begin(book, review, 12, N_("Warnings")), book.words
    columns: Sequence[Col[AlertRow]] = (
        Col(words("Buyer"), lambda row, _: row.buyer, width=30),
        Col(words("Warning"), lambda row, _: row.title.in_language(words.language), width=34),
        Col(words("Since"), lambda row, _: row.since, Shape.DAY, 12),
        Col(words("Value"), lambda row, _: row.value, width=12),
        Col(words("Effect"), lambda row, _: words.say(row.effect), width=18),
        Col(words("Answer"), lambda row, _: words.say(row.answer) if row.answer else words("none"), width=18),
        Col(words("Answered on"), lambda row, _: row.answered, Shape.DAY, 12),
        Col(words("Reason"), lambda row, _: row.reason, width=30),
    )  # fmt: skip
    table(book, sheet, "warnings", columns, review.alerts, total=False)


def quotes(book: Book, review: ReviewBook) -> None:
    """Sheet 13: what insurers offer, by cost and by each criterion; a total alone chooses nothing."""
    sheet, words = begin(book, review, 13, N_("Quotes")), book.words
    if not review.quotes:
        sheet.line(words("No quotes are kept for this client."))

    def criterion(at: int) -> Col[QuoteRow]:
        return Col(words(_CRITERIA[at]), lambda row, _: row.scores[at], Shape.COUNT, 12)

    columns: Sequence[Col[QuoteRow]] = (
        Col(words("Insurer"), lambda row, _: words.name(row.name), width=28),
        Col(words("Solvency requirements"), lambda row, _: words.say(row.gate), width=16),
        Col(words("Premium before tax"), lambda row, _: row.premium, Shape.MONEY, 16),
        Col(words("Total yearly cost"), lambda row, _: row.total, Shape.MONEY, 16),
        Col(words("in basis points of the turnover"), lambda row, _: row.bps, Shape.NUMBER, 12),
        *map(criterion, range(len(_CRITERIA))),
        Col(words("Score by these weights"), lambda row, _: row.score, Shape.NUMBER, 10),
    )  # fmt: skip
    table(book, sheet, "quotes", columns, review.quotes, total=False)


def changes(book: Book, review: ReviewBook) -> None:
    """Sheet 14: laws, products and news of the sector that touch the cover."""
    sheet, words = begin(book, review, 14, N_("Changes of law and market")), book.words
    columns: Sequence[Col[ChangeRow]] = (
        Col(words("Text"), lambda row, _: row.title.in_language(words.language), width=40),
        Col(words("Since"), lambda row, _: row.since, Shape.DAY, 12),
        Col(words("What it changes"), lambda row, _: row.effect.in_language(words.language), width=48),
        Col(words("Source"), lambda row, _: row.source, width=26),
        Col(words("Dealt with by"), lambda row, _: row.who, width=16),
        Col(words("Dealt with on"), lambda row, _: row.handled, Shape.DAY, 12),
    )  # fmt: skip
    table(book, sheet, "changes", columns, review.changes, total=False)


def lessons(book: Book, review: ReviewBook) -> None:
    """Sheet 15: what was learned, who does it by when."""
    sheet, words = begin(book, review, 15, N_("Lessons and actions")), book.words
    columns: Sequence[Col[LessonRow]] = (
        Col(words("From"), lambda row, _: row.event, width=28),
        Col(words("Lesson"), lambda row, _: row.lesson, width=48),
        Col(words("Who"), lambda row, _: row.owner, width=18),
        Col(words("Until"), lambda row, _: row.due, Shape.DAY, 12),
        Col(words("Done on"), lambda row, _: row.done, Shape.DAY, 12),
        Col(words("How"), lambda row, _: row.word, width=30),
    )
    table(book, sheet, "lessons", columns, review.lessons, total=False)


def data_notes(book: Book, review: ReviewBook) -> None:
    """Sheet 16: where the figures come from, what was left out, and how each is defined."""
    sheet, words = begin(book, review, 16, N_("Data notes")), book.words

    def difference(row: SourceRow, at: At) -> Value:
        own = row.control_total
        text = f'=IF({at["own"]}="","",{at["taken"]}-{at["own"]})'
        return Formula(text, "" if own is None else (row.taken_in - own).rounded().amount)  # fmt: skip

    columns: Sequence[Col[SourceRow]] = (
        Col(words("File"), lambda row, _: row.file_name, width=40),
        Col(words("Imported on"), lambda row, _: row.imported, Shape.DAY, 12),
        Col(words("Rows"), lambda row, _: row.rows, Shape.COUNT, 10),
        summed(words("Total of the file itself"), lambda row, _: row.control_total, 18, "own"),
        summed(words("Total taken in"), lambda row, _: row.taken_in, 18, "taken"),
        summed(words("Difference"), difference, 16),
        Col("SHA-256", lambda row, _: row.digest, width=40),
    )  # fmt: skip
    table(book, sheet, "sources", columns, review.sources)
    sheet.line()
    for note in review.notes:
        sheet.paragraph(words.say(note))
    sheet.line()
    sheet.line(words("How the key figures are defined"), bold=True, size=12)
    for measure in MEASURES:
        sheet.paragraph(_defined(book, measure))


def _defined(book: Book, measure: Measure) -> str:
    return f"{book.words(measure.title)}: {book.words(measure.definition)}"
