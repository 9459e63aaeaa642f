"""A declaration to the insurer (申报单): shipments, balances or a year's turnover, as PDF or workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.declare.declarations import DeclarationKind, Period
from creditdesk.domain.declare.insurable import sums
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import Name
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Message, Words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import FileKind, Report
from creditdesk.reports.workbook import Book, Field, Shape, Value

TITLES = {
    DeclarationKind.TURNOVER: N_("Declaration of shipments"),
    DeclarationKind.BALANCE: N_("Declaration of receivable balances"),
    DeclarationKind.YEAR: N_("Declaration of the year's turnover"),
}
_VAT = {
    True: N_("Amounts include VAT."),
    False: N_("Amounts are without VAT, which is not insured."),
}


class DeclarationKindUnknown(UserError):
    """A declaration is a PDF or a workbook."""

    message = N_(
        "A declaration is written as .pdf or .xlsx; {name} is neither. Change the ending."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationLine:
    """A document on the paper. An empty number: money not yet set against an invoice. `amount` is what is declared.

    `name`: what people call it, empty: its number.
    """

    buyer: str
    code: str
    country: str
    number: str
    kind: DocumentKind
    shipped: date | None
    due: date | None
    term: str
    amount: Money
    name: Name = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationPaper:
    """Everything the paper says. `supplement`: it holds what an earlier one did not; `corrects`: its reference or day.

    `vat_insured` None: the policy doesn't say, and neither does the paper.
    """

    policyholder: Party
    insurer: Party
    policy_no: str
    kind: DeclarationKind
    period: Period
    on: date
    lines: tuple[DeclarationLine, ...]
    currency: str
    supplement: bool = False
    corrects: str = ""
    vat_insured: bool | None = None

    @property
    def totals(self) -> tuple[Money, ...]:
        """One sum a currency; nothing declared is said as nothing."""
        found = sums(line.amount for line in self.lines)
        return found or (Money.zero(self.currency),)


def write(
    paper: DeclarationPaper, path: Path, language: Language, progress: Progress
) -> None:
    """Write it as what the name ends in. Raises `DeclarationKindUnknown`, `CannotWrite`."""
    progress.step(Message(N_("Writing the declaration")))
    if path.suffix.lower() == ".pdf":
        _write_pdf(paper, path, language)
    elif path.suffix.lower() == ".xlsx":
        _write_workbook(paper, path, language)
    else:
        raise DeclarationKindUnknown(name=path.name)


def _write_pdf(paper: DeclarationPaper, path: Path, language: Language) -> None:
    document = Document(language, f"{paper.policy_no} · {paper.policyholder.name}")
    words = document.words
    title = words(TITLES[paper.kind])
    document.page(title)
    document.letterhead(paper.policyholder.name, style.day(paper.on))
    document.space(26)
    document.text(title, size=18, bold=True)
    document.space(8)
    document.facts(_facts(paper, words))
    for total in paper.totals if paper.lines else ():
        document.heading(words("Amounts in {currency}", currency=total.currency))
        document.table(_columns(paper, words), _rows(paper, total, words))
    if not paper.lines:
        document.space(8)
        document.text(_nothing(paper, words))
    document.space(14)
    names = (words("Policyholder (seal)"), words("Handled by"))
    document.seals(names, words("Date"), below=_closing(paper, words), size=SMALL)
    with beside(path) as new:
        document.save(new, f"{title} {paper.policy_no}")


def _facts(paper: DeclarationPaper, words: Words) -> tuple[tuple[str, str], ...]:
    facts = [
        (words("Insurer"), paper.insurer.name),
        (words("Policyholder"), style.party(paper.policyholder)),
        (words("Policy number"), paper.policy_no),
        (_time(paper, words), _period(paper, words)),
    ]
    if paper.corrects:
        facts.append((words("Corrects"), paper.corrects))
    elif paper.supplement:
        said = words("Supplement: what earlier declarations of this time do not hold")
        facts.append((words("Kind of declaration"), said))
    totals = style.joined(map(style.money, paper.totals), words)
    return (*facts, (words("Amount declared"), totals))


def _time(paper: DeclarationPaper, words: Words) -> str:
    if paper.kind is DeclarationKind.BALANCE:
        return words("Balances on")
    return words("Shipped from, to")


def _period(paper: DeclarationPaper, words: Words) -> str:
    if paper.kind is DeclarationKind.BALANCE:
        return style.day(paper.period.end)
    if paper.period.start == paper.period.end:
        return style.day(paper.period.start)
    return style.period(paper.period.start, paper.period.end, words)


def _nothing(paper: DeclarationPaper, words: Words) -> str:
    if paper.kind is DeclarationKind.BALANCE:
        return words("No insurable receivable was open on this day.")
    return words("Nothing insurable was shipped in this time.")


def _closing(paper: DeclarationPaper, words: Words) -> str:
    vat = _VAT.get(paper.vat_insured) if paper.vat_insured is not None else None
    whole = words("Declared as our books have it on {day}.", day=style.day(paper.on))
    return f"{words(vat)} {whole}" if vat else whole


def _columns(paper: DeclarationPaper, words: Words) -> tuple[Column, ...]:
    day = words("Issued") if paper.kind is DeclarationKind.BALANCE else words("Shipped")
    return (
        Column(words("Buyer"), 2.6),
        Column(words("Document"), 1.8),
        Column(day, 1.1),
        Column(words("Due"), 1.1),
        Column(words("Amount"), right=True),
    )


def _rows(paper: DeclarationPaper, total: Money, words: Words) -> list[Row]:
    lines = _of(paper, total.currency)
    body = [
        Row(
            (
                Cell(line.buyer, line.code),
                Cell(words.name(line.name or line.number) or words("Money not yet assigned"), _remark(line, words)),
                Cell(style.day(line.shipped)),
                Cell(style.day(line.due)),
                Cell(style.figure(line.amount)),
            )
        )
        for line in lines
    ]  # fmt: skip
    count = words("{count} documents, together", count=len(lines))
    blank = (Cell(""),) * 3
    amount = Cell(style.figure(total), bold=True)
    last = Row((Cell(count, bold=True), *blank, amount), strong=True, with_previous=True)  # fmt: skip
    return [*body, last]


def _remark(line: DeclarationLine, words: Words) -> str:
    note = line.kind is DocumentKind.CREDIT_NOTE and bool(line.number)
    if note:
        return words("Credit note")
    days = line.term.strip()
    return words("{n} days", n=days) if days.isdecimal() else line.term


def _of(paper: DeclarationPaper, currency: str) -> list[DeclarationLine]:
    return [line for line in paper.lines if line.amount.currency == currency]


def _write_workbook(paper: DeclarationPaper, path: Path, language: Language) -> None:
    book = Book(language)
    words = book.words
    title = words(TITLES[paper.kind])
    for total in paper.totals:
        sheet = book.sheet(f"{title} {total.currency}", total.currency)
        sheet.line(title, bold=True, size=14)
        for name, value in _facts(paper, words):
            sheet.line(f"{name}: {value}")
        sheet.line(_closing(paper, words))
        lines = _of(paper, total.currency)
        sheet.table(
            _fields(paper, total, words),
            [_cells(line, words) for line in lines],
            total=words("Together") if lines else "",
        )
        if not lines:
            sheet.line(_nothing(paper, words))
    book.save(path, title)


def _fields(paper: DeclarationPaper, total: Money, words: Words) -> Sequence[Field]:
    day = words("Issued") if paper.kind is DeclarationKind.BALANCE else words("Shipped")
    amount = words("Amount ({currency})", currency=total.currency)
    return (
        Field(words("Buyer"), width=34),
        Field(words("Registration code"), width=22),
        Field(words("Country"), width=10),
        Field(words("Document"), width=22),
        Field(words("Kind"), width=14),
        Field(day, Shape.DAY, 12),
        Field(words("Due"), Shape.DAY, 12),
        Field(words("Terms of payment"), width=16),
        Field(amount, Shape.MONEY, 18, summed=True),
    )


def _cells(line: DeclarationLine, words: Words) -> Sequence[Value]:
    note = line.kind is DocumentKind.CREDIT_NOTE
    return (
        line.buyer,
        line.code,
        line.country,
        words.name(line.name or line.number) or words("Money not yet assigned"),
        words("Credit note") if note else words("Invoice"),
        line.shipped,
        line.due,
        line.term,
        line.amount,
    )


REPORT = Report(
    "declaration",
    N_("Declaration to the insurer"),
    (FileKind.PDF, FileKind.WORKBOOK),
)
