"""The sheets behind the annual review's summary: rows as they are, with live formulas (rules.md 9.1)."""

from dataclasses import dataclass

from creditdesk.domain.review.book import BUCKETS, ReviewBook
from creditdesk.i18n import N_, Words
from creditdesk.reports.aging_workbook import bucket
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Sheet, Value


@dataclass(frozen=True, slots=True)
class Area:
    """The rows of a table, for formulas of other sheets. Without rows it is one empty line, so formulas stay valid."""

    sheet: str
    first: int
    last: int

    def column(self, letter: str) -> str:
        """The cells of a column, absolute."""
        return f"{self.sheet}!${letter}${self.first}:${letter}${self.last}"


def portfolio(book: Book, review: ReviewBook) -> Area:
    """Sheet 4: one line a buyer."""
    sheet, words = _begin(book, review, N_("Portfolio")), book.words
    fields = (
        Field(words("Buyer"), width=26),
        Field(words("Registration code"), width=20),
        Field(words("Country"), width=7),
        Field(words("Sector"), width=10),
        Field(words("Grade"), width=6),
        Field(words("Score"), Shape.NUMBER, 7),
        Field(words("Insured turnover"), Shape.MONEY, 14, summed=True),
        Field(words("Peak balance"), Shape.MONEY, 14, summed=True),
        Field(words("Average balance"), Shape.MONEY, 14, summed=True),
        Field(words("Balance"), Shape.MONEY, 14, summed=True),
        Field(words("Limit"), Shape.MONEY, 14, summed=True),
        Field(words("Discretionary"), width=6),
        Field(words("Insured balance"), Shape.MONEY, 14, summed=True),
        Field(words("Use of the limit"), Shape.SHARE, 9),
        Field(words("Above the limit"), Shape.MONEY, 13, summed=True),
        Field(words("Own share"), Shape.PERCENT, 7),
        Field(words("Own risk"), Shape.MONEY, 13, summed=True),
        Field(words("Share of the balance"), Shape.SHARE, 10),
        Field("DBT", Shape.NUMBER, 7),
        Field("DSO", Shape.NUMBER, 7),
    )
    first = sheet.row + 2
    last = first + len(review.portfolio) - 1
    rows: list[list[Value]] = [
        [
            row.buyer,
            row.code,
            row.country,
            row.sector,
            row.grade,
            row.score,
            row.turnover,
            row.peak,
            row.average,
            row.balance,
            row.limit,
            words("yes") if row.discretionary else "",
            row.insured,
            Formula(f'=IF(K{at}=0,"",MIN(J{at},K{at})/K{at})'),
            Formula(f"=MAX(0,J{at}-K{at})"),
            row.own_share,
            Formula(f"=J{at}-M{at}+M{at}*P{at}/100"),
            Formula(f'=IF(SUM(J${first}:J${last})=0,"",J{at}/SUM(J${first}:J${last}))'),
            row.dbt,
            row.dso,
        ]
        for at, row in enumerate(review.portfolio, start=first)
    ]
    return _table(sheet, fields, rows, words)


def limits(book: Book, review: ReviewBook) -> Area:
    """Sheet 5: applications and answers."""
    sheet, words = _begin(book, review, N_("Limit register")), book.words
    fields = (
        Field(words("Buyer"), width=30),
        Field(words("Applied on"), Shape.DAY, 12),
        Field(words("Requested"), Shape.MONEY, 16, summed=True),
        Field(words("Approved amount"), Shape.MONEY, 16, summed=True),
        Field(words("Answered on"), Shape.DAY, 12),
        Field(words("Days to answer"), Shape.COUNT, 9),
        Field(words("Condition"), width=26),
        Field(words("Expiry"), Shape.DAY, 12),
        Field(words("Reason"), width=20),
        Field(words("Result"), width=18),
    )
    first = sheet.row + 2
    rows: list[list[Value]] = [
        [
            row.buyer,
            row.applied,
            row.requested,
            row.approved,
            row.decided,
            Formula(f'=IF(OR(B{at}="",E{at}=""),"",E{at}-B{at})'),
            row.condition,
            row.expiry,
            row.reason,
            words.say(row.result),
        ]
        for at, row in enumerate(review.limits, start=first)
    ]
    return _table(sheet, fields, rows, words)


def ageing(book: Book, review: ReviewBook) -> Area:
    """Sheet 7: buyers by days overdue."""
    sheet, words = _begin(book, review, N_("Ageing")), book.words
    fields = (
        Field(words("Buyer"), width=34),
        *(Field(bucket(name, words), Shape.MONEY, 16, summed=True) for name in BUCKETS),
        Field(words("Total"), Shape.MONEY, 17, summed=True),
        Field(words("Overdue share"), Shape.SHARE, 10),
        Field(words("Past the maximum extension"), width=14),
    )
    rows: list[list[Value]] = [
        [
            row.buyer,
            *row.amounts,
            Formula(f"=SUM(B{at}:G{at})"),
            Formula(f'=IF(H{at}=0,"",(H{at}-B{at})/H{at})'),
            words("yes") if row.past_extension else "",
        ]
        for at, row in enumerate(review.ageing, start=sheet.row + 2)
    ]
    return _table(sheet, fields, rows, words)


def duties(book: Book, review: ReviewBook, data_date: str) -> Area:
    """Sheet 8: what had to be done by when; `data_date` is the cell that open duties are counted to."""
    sheet, words = _begin(book, review, N_("Duties performed")), book.words
    fields = (
        Field(words("Duty"), width=28),
        Field(words("Concerns"), width=28),
        Field(words("Counted from"), Shape.DAY, 12),
        Field(words("Safe date"), Shape.DAY, 12),
        Field(words("Legal date"), Shape.DAY, 12),
        Field(words("Done on"), Shape.DAY, 12),
        Field(words("Days late"), Shape.COUNT, 9),
        Field(words("Consequence"), width=34),
        Field(words("Evidence"), width=22),
        Field(words("Money at risk"), Shape.MONEY, 16, summed=True),
    )
    rows: list[list[Value]] = [
        [
            words.say(row.duty),
            words.name(row.subject),
            row.anchor,
            row.safe,
            row.legal,
            row.done,
            Formula(f'=MAX(0,IF(F{at}="",{data_date},F{at})-E{at})'),
            words.say(row.consequence),
            row.evidence,
            row.exposed,
        ]
        for at, row in enumerate(review.duties, start=sheet.row + 2)
    ]
    return _table(sheet, fields, rows, words)


def claims(book: Book, review: ReviewBook) -> Area:
    """Sheet 10: claims with their days from step to step."""
    sheet, words = _begin(book, review, N_("Claims")), book.words
    fields = (
        Field(words("Claim"), width=16),
        Field(words("Buyer"), width=28),
        Field(words("Noticed"), Shape.DAY, 12),
        Field(words("Filed on"), Shape.DAY, 12),
        Field(words("Accepted on"), Shape.DAY, 12),
        Field(words("Decided on"), Shape.DAY, 12),
        Field(words("Paid on"), Shape.DAY, 12),
        Field(words("Claimed"), Shape.MONEY, 16, summed=True),
        Field(words("Indemnity paid"), Shape.MONEY, 16, summed=True),
        Field(words("Recovered"), Shape.MONEY, 16, summed=True),
        Field(words("Reason for the difference"), width=28),
        Field(words("Days notice to filing"), Shape.COUNT, 10),
        Field(words("Days filing to decision"), Shape.COUNT, 10),
        Field(words("Days decision to payment"), Shape.COUNT, 10),
    )
    rows: list[list[Value]] = [
        [
            row.number,
            row.buyer,
            row.noticed,
            row.filed,
            row.accepted,
            row.decided,
            row.paid_on,
            row.claimed,
            row.paid,
            row.recovered,
            row.reason,
            _days("C", "D", at),
            _days("D", "F", at),
            _days("F", "G", at),
        ]
        for at, row in enumerate(review.claims, start=sheet.row + 2)
    ]
    return _table(sheet, fields, rows, words)


def data_notes(book: Book, review: ReviewBook) -> Area:
    """Sheet 16: where the figures come from, and what was left out."""
    sheet, words = _begin(book, review, N_("Data notes")), book.words
    for note in review.notes:
        sheet.line(words.say(note))
    fields = (
        Field(words("File"), width=34),
        Field(words("Imported on"), Shape.DAY, 12),
        Field(words("Rows"), Shape.COUNT, 10),
        Field(words("Total of the file itself"), Shape.MONEY, 18, summed=True),
        Field(words("Total taken in"), Shape.MONEY, 18, summed=True),
        Field(words("Difference"), Shape.MONEY, 16, summed=True),
        Field("SHA-256", width=48),
    )
    rows: list[list[Value]] = [
        [
            row.file_name,
            row.imported,
            row.rows,
            row.control_total,
            row.taken_in,
            Formula(f'=IF(D{at}="","",E{at}-D{at})'),
            row.digest,
        ]
        for at, row in enumerate(review.sources, start=sheet.row + 2)
    ]
    return _table(sheet, fields, rows, words)


def _days(start: str, end: str, at: int) -> Formula:
    return Formula(f'=IF(OR({start}{at}="",{end}{at}=""),"",{end}{at}-{start}{at})')


def _begin(book: Book, review: ReviewBook, title: str) -> Sheet:
    words = book.words
    sheet = book.sheet(words(title), review.currency)
    sheet.line(words(title), bold=True, size=14)
    sheet.line(
        words(
            "{client}, amounts in {currency}",
            client=review.client.name,
            currency=review.currency,
        )
    )
    return sheet


def _table(
    sheet: Sheet, fields: tuple[Field, ...], rows: list[list[Value]], words: Words
) -> Area:
    body = sheet.table(fields, rows or [[None] * len(fields)], total=words("Total"))
    return Area(sheet.name, body.start, body.stop - 1)
