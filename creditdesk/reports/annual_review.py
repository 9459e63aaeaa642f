"""The annual review workbook: findings and key figures on top, the rows they come from behind (rules.md 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from creditdesk.domain.review.book import Kpi, PolicyFigures, ReviewBook
from creditdesk.domain.review.findings import findings
from creditdesk.domain.review.kpis import kpis
from creditdesk.i18n import N_, Language, Message, words
from creditdesk.jobs import Progress
from creditdesk.reports import review_sheets as sheets
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Sheet, Value

_SHAPES = {
    "premium_cost": Shape.NUMBER,
    "time_to_answer": Shape.COUNT,
    "headroom": Shape.NUMBER,
    "hhi": Shape.COUNT,
}
"""Key figures that are no shares."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the summary keeps what other formulas count with."""

    data_date: str
    premium: str
    fees: str
    maximum: str
    insurable: str
    declared: str


def write(
    review: ReviewBook, path: Path, language: Language, progress: Progress
) -> tuple[Kpi, ...]:
    """Write the workbook; the answer are the key figures its formulas must come to. Raises `CannotWrite`."""
    progress.step(Message(N_("Writing the review")))
    book = Book(language)
    summary = book.sheet(book.words("Summary"), review.currency)
    cells = _head(summary, review, book)
    areas = {
        "portfolio": sheets.portfolio(book, review),
        "limits": sheets.limits(book, review),
        "ageing": sheets.ageing(book, review),
        "duties": sheets.duties(book, review, f"{summary.name}!{cells.data_date}"),
        "claims": sheets.claims(book, review),
        "notes": sheets.data_notes(book, review),
    }
    progress.step(Message(N_("Writing the review")))
    found = kpis(review)
    _key_figures(summary, review, book, found, _formulas(areas, cells))
    _lists(summary, review, book)
    book.save(path, book.words("Annual review {client}", client=review.client.name))
    return found


def _head(summary: Sheet, review: ReviewBook, book: Book) -> _Cells:
    words, known = book.words, review.policy
    policy = known or PolicyFigures(title="", number="", insurer="")
    summary.line(words("Annual review of credit insurance"), bold=True, size=16)
    summary.line(words("Client"), review.client.name)
    summary.line(
        words("Policy"), f"{policy.number} {policy.title}" if policy else words("none")
    )
    summary.line(words("Insurer"), policy.insurer)
    summary.line(words("Period covered"), style.period(review.start, review.end, words))
    summary.line(
        words("Prepared by"), f"{review.firm.name}  {style.day(review.prepared_on)}"
    )
    cells = _Cells(
        data_date=_input(summary, words("Data date"), review.data_date, Shape.DAY),
        premium=_input(
            summary,
            words("Premium, before tax"),
            policy.premium,
            Shape.MONEY,
        ),
        fees=_input(summary, words("Fees"), policy.fees, Shape.MONEY),
        maximum=_input(
            summary,
            words("Maximum liability"),
            policy.max_liability,
            Shape.MONEY,
        ),
        insurable=_input(
            summary,
            words("Insurable turnover by the ledger"),
            policy.insurable,
            Shape.MONEY,
        ),
        declared=_input(
            summary, words("Declared turnover"), policy.declared, Shape.MONEY
        ),
    )
    summary.line()
    return cells


def _input(summary: Sheet, label: str, value: Value, shape: Shape) -> str:
    row = summary.line(label)
    summary.put(row, 2, value, shape)
    return f"$B${row}"


def _key_figures(
    summary: Sheet,
    review: ReviewBook,
    book: Book,
    found: tuple[Kpi, ...],
    formulas: Mapping[str, str],
) -> None:
    words = book.words
    before = {kpi.code: kpi.value for kpi in review.last_year}
    fields = (
        Field(words("Key figure"), width=44),
        Field(words("This year (live)"), width=24),
        Field(words("As computed by the program"), width=18),
        Field(words("Last year"), width=14),
        Field(words("Judgement"), width=14),
    )
    rows: list[list[Value]] = [
        [words(kpi.title), None, None, None, words(_judged(kpi))] for kpi in found
    ]
    body = summary.table(fields, rows)
    for row, kpi in zip(body, found, strict=True):
        shape = _SHAPES.get(kpi.code, Shape.SHARE)
        summary.put(row, 2, Formula(f'=IFERROR({formulas[kpi.code]},"")'), shape)
        summary.put(row, 3, kpi.value, shape)
        summary.put(row, 4, before.get(kpi.code), shape)


def _judged(kpi: Kpi) -> str:
    if kpi.good is None:
        return N_("no range") if kpi.value is not None else N_("no data")
    return N_("in range") if kpi.good else N_("look at this")


def _lists(summary: Sheet, review: ReviewBook, book: Book) -> None:
    for title, texts in (
        (N_("Findings"), review.findings),
        (N_("What to do"), review.actions),
    ):
        summary.line()
        summary.line(book.words(title), bold=True, size=12)
        for number, text in enumerate(texts, start=1):
            summary.paragraph(f"{number}. {text}")


def _formulas(areas: Mapping[str, sheets.Area], cells: _Cells) -> dict[str, str]:
    """The key figures of rules.md 9.2 as spreadsheet formulas, rounded as the program rounds."""
    rows, asked = areas["portfolio"].column, areas["limits"].column
    claimed, duty = areas["claims"].column, areas["duties"].column
    turnover, peak, balance = rows("G"), rows("H"), rows("J")
    limit, insured, share = rows("K"), rows("M"), rows("P")
    answered = f"ISNUMBER({asked('C')})*ISNUMBER({asked('D')})"
    due = f'((({duty("F")}<>"")+({duty("E")}<={cells.data_date}))>0)*ISNUMBER({duty("E")})'
    settled = f"ISNUMBER({claimed('H')})*ISNUMBER({claimed('I')})"
    paid = f"SUM({claimed('I')})"
    used = f"SUMPRODUCT(({balance}<{limit})*{balance}+({balance}>={limit})*{limit})"
    top = f"SUMPRODUCT(({peak}<{limit})*{peak}+({peak}>={limit})*{limit})"
    total = f"SUM({balance})"
    # An empty cell counts as 0 in a spreadsheet; where the program knows no premium, neither may the formula.
    premium = f"IF(ISNUMBER({cells.premium}),{cells.premium},NA())"
    maximum = f"IF(ISNUMBER({cells.maximum}),{cells.maximum},NA())"
    told = f"IF(ISNUMBER({cells.declared}),{cells.declared},NA())"
    return {
        "premium_cost": f"ROUND(({premium}+{cells.fees})/SUM({turnover})*10000,1)",
        "loss_ratio": f"ROUND({paid}/{premium},4)",
        "accepted_amount": (
            f"ROUND(SUMPRODUCT({answered},{asked('D')})/SUMPRODUCT({answered},{asked('C')}),4)"
        ),
        "accepted_count": (
            f"ROUND(SUMPRODUCT({answered}*({asked('D')}>={asked('C')}))/SUMPRODUCT({answered}),4)"
        ),
        "time_to_answer": f"SMALL({asked('F')},ROUNDUP(COUNT({asked('F')})/2,0))",
        "utilisation": f"ROUND({used}/SUM({limit}),4)",
        "uninsured": f"ROUND(({total}-SUM({insured}))/{total},4)",
        "own_risk": (
            f"ROUND(({total}-SUM({insured})+SUMPRODUCT({insured},{share})/100)/{total},4)"
        ),
        "headroom": f"ROUND(({maximum}-{paid})/{top},2)",
        "hhi": f"ROUND(SUMPRODUCT({balance},{balance})/({total}*{total})*10000,0)",
        "punctuality": f"ROUND(SUMPRODUCT({due}*({duty('G')}=0))/SUMPRODUCT({due}),4)",
        "declared": f"ROUND({told}/{cells.insurable},4)",
        "claim_success": (
            f"ROUND(SUMPRODUCT({settled},{claimed('I')})/SUMPRODUCT({settled},{claimed('H')}),4)"
        ),
    }


def suggested(review: ReviewBook, language: Language) -> ReviewBook:
    """With the sentences that follow from its figures, as they stand until a person puts them in better words."""
    found, say = findings(review), words(language)
    return replace(
        review,
        findings=tuple(say.say(each.said) for each in found),
        actions=tuple(say.say(each.action) for each in found),
    )


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    book = desk.reviews.book(asked.the_client(), *asked.period, asked.today)
    write(suggested(book, asked.language), asked.path, asked.language, progress)


REPORT = Report(
    "annual_review", N_("Annual review"), (FileKind.WORKBOOK,), asks=(Ask.CLIENT, Ask.START, Ask.END), make=_make
)  # fmt: skip
