"""A client's buyers as a portfolio: exposure, grades, what is insured, concentration, and how grades moved."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.portfolio import (
    UNGRADED,
    Portfolio,
    PortfolioLine,
    is_worse,
)
from creditdesk.domain.credit.scorecard import fixed
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper import graphs
from creditdesk.paper.page import FINE, SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.workbook import Book, Field, Shape

_SHOWN = 12
"""Buyers in the picture; the list has all."""
SPREAD, CONCENTRATED = 15, 25
"""HHI in per cent: spread below the first, concentrated above the second (rules.md 6.1)."""


def portfolio_of(desk: Sources, client: int, on: date, since: date) -> Portfolio:
    """The client's portfolio on a day, beside the grades of an earlier one. Screen, paper and workbook ask it alike."""
    now, before = desk.credit.ratings(client, on), desk.credit.ratings(client, since)
    card = next(each for each in desk.clients.all() if each.id == client)
    names = {int(each.id): each.name for each in desk.buyers.all(client)}
    currency = next((each.currency for each in now.values()), card.currency)
    open_ = desk.policies.uncovered(client, on, currency)
    first = next(iter(now.values()), None)
    grades = tuple(each.grade for each in first.rating.score.card.grades) if first else ()  # fmt: skip
    lines = []
    for number, found in now.items():
        if number not in names:
            continue
        earlier = before.get(number)
        grade = found.rating.score.grade or UNGRADED
        old = (earlier.rating.score.grade if earlier else None) or UNGRADED
        paying = found.paying
        lines.append(
            PortfolioLine(
                buyer_id=number,
                name=names[number],
                balance=found.balance,
                overdue=found.overdue,
                oldest=paying.oldest_overdue,
                limit=found.limit,
                used_pct=found.used_pct,
                uncovered=open_.get(number, Money.zero(currency)),
                grade=grade,
                score=found.rating.score.score,
                before=old,
                dbt=paying.year.dbt if paying.year else None,
                trend=paying.dbt_rise,
                worse=is_worse(old, grade, grades),
            )
        )
    lines.sort(key=lambda each: (-each.balance.amount, each.name))
    return Portfolio(
        client=card.name,
        on=on,
        since=since,
        currency=currency,
        grades=grades,
        lines=tuple(lines),
    )


def concentration_words(found: Portfolio, say: Words) -> str:
    """How far a few buyers owe most of it."""
    hhi = found.concentration
    top, five = found.top_share(1), found.top_share(5)
    if hhi is None or top is None or five is None:
        return say(N_("Nobody owes anything."))
    level = N_("spread")
    if hhi * 100 > CONCENTRATED:
        level = N_("concentrated")
    elif hhi * 100 >= SPREAD:
        level = N_("medium")
    return say(
        N_(
            "The largest buyer owes {top} %, the five largest {five} %. HHI {hhi}: {level}, "
            "as if {count} buyers owed equal parts."
        ),
        top=fixed(top * 100, 1), five=fixed(five * 100, 1), hhi=fixed(hhi, 3), level=say(level),
        count=fixed(1 / hhi, 1),
    )  # fmt: skip


def grade_words(grade: str, say: Words) -> str:
    """The letter, or that too little is known."""
    return grade or say(N_("insufficient data"))


def write(found: Portfolio, path: Path, language: Language, firm: str = "") -> int:
    """Write the pages; the answer is how many."""
    say = words(language)
    title = say(REPORT.title)
    document = Document(language, f"{title} {found.client}")
    document.page()
    document.letterhead(firm or found.client, style.day(found.on))
    document.space(12)
    document.text(f"{title}  {found.client}", size=18, bold=True)
    text = N_("{count} buyers, in {currency}, beside the grades of {since}")
    document.text(
        say(
            text,
            count=len(found.lines),
            currency=found.currency,
            since=style.day(found.since),
        ),
        size=SMALL,
        tone="quiet",
    )
    document.space(8)
    graphs.figures(
        document,
        [
            (say(N_("Balance")), style.figure(found.balance), ""),
            (say(N_("Of it overdue")), style.figure(found.overdue), ""),
            (say(N_("Not insured")), style.figure(found.uncovered), ""),
        ],
    )
    document.heading(say(N_("Who owes most: insured and not insured")))
    rows = [
        graphs.Split(
            each.name, float(each.covered.amount), float((each.balance - each.covered).amount),
            style.figure(each.balance),
        )
        for each in found.lines[:_SHOWN] if each.balance.amount > 0
    ]  # fmt: skip
    graphs.splits(document, rows)
    document.text(say(N_("filled: insured · hatched: not insured")), size=FINE, tone="quiet")  # fmt: skip
    document.text(concentration_words(found, say), size=SMALL)
    _moves(document, found)
    _list(document, found)
    with beside(path) as new:
        document.save(new, title)
    return document.pages


def _moves(document: Document, found: Portfolio) -> None:
    say = document.words
    document.heading(
        say(
            N_("Grades: from {since} (down) to {on} (across)"),
            since=style.day(found.since),
            on=style.day(found.on),
        )
    )
    grades = (*found.grades, UNGRADED)
    document.table(
        (Column(""), *(Column(grade_words(each, say), right=True, width=42) for each in grades)),
        [
            Row((Cell(grade_words(old, say), bold=True, size=FINE), *(_move(found, old, new) for new in grades)))
            for old in grades
        ],
        tight=5,
    )  # fmt: skip
    document.text(say(N_("Owed by grade:")), size=FINE, bold=True)
    amounts = (
        f"{grade_words(each, say)} {style.figure(amount)}"
        for each, amount in found.by_grade.items()
        if amount
    )
    document.text(style.joined(amounts, say), size=FINE)


def _move(found: Portfolio, old: str, new: str) -> Cell:
    count = found.moves.get((old, new), 0)
    return Cell(str(count) if count else "", size=FINE, bold=old != new)


def _list(document: Document, found: Portfolio) -> None:
    say = document.words
    document.heading(say(N_("All buyers")))
    document.table(
        (
            Column(say("Buyer"), 3), Column(say(N_("Grade")), 1.4), Column(say(N_("Balance")), right=True),
            Column(say(N_("Limit")), right=True), Column(say(N_("Used")), right=True),
            Column(say(N_("Not insured")), right=True), Column(say(N_("Overdue")), right=True),
            Column(say(N_("Trend, days")), right=True),
        ),
        [Row(tuple(Cell(text, size=8) for text in _cells(each, say))) for each in found.lines],
        tight=5,
    )  # fmt: skip


def _cells(each: PortfolioLine, say: Words) -> Iterator[str]:
    moved = f" ← {each.before or '–'}" if each.before != each.grade else ""
    yield each.name
    yield f"{grade_words(each.grade, say)}{moved}"
    yield style.figure(each.balance)
    yield style.figure(each.limit)
    yield f"{fixed(each.used_pct, 0)} %" if each.used_pct is not None else ""
    yield style.figure(each.uncovered or None)
    yield style.figure(each.overdue or None)
    yield fixed(each.trend, 0).replace("-", "\u2212") if each.trend is not None else ""


def write_workbook(found: Portfolio, path: Path, language: Language) -> None:
    """The same figures as a workbook."""
    book = Book(language)
    say = book.words
    sheet = book.sheet(say(N_("Portfolio")), found.currency)
    sheet.line(f"{say(REPORT.title)} {found.client} {style.day(found.on)}", bold=True, size=14)  # fmt: skip
    sheet.line(concentration_words(found, say))
    sheet.table(
        [
            Field(say("Buyer"), width=34), Field(say(N_("Grade")), width=12),
            Field(style.day(found.since), width=14), Field(say(N_("Score")), Shape.COUNT, 8),
            Field(say(N_("Balance")), Shape.MONEY, 18, summed=True), Field(say(N_("Limit")), Shape.MONEY, 18),
            Field(say(N_("Not insured")), Shape.MONEY, 18, summed=True),
            Field(say(N_("Overdue")), Shape.MONEY, 18, summed=True), Field(say(N_("Oldest, days")), Shape.COUNT, 12),
        ],
        [
            [
                each.name, grade_words(each.grade, say), grade_words(each.before, say), each.score, each.balance,
                each.limit, each.uncovered, each.overdue, each.oldest,
            ]
            for each in found.lines
        ],
        total=say("Total"),
    )  # fmt: skip
    grades = (*found.grades, UNGRADED)
    moves = book.sheet(say(N_("Grades moved")), found.currency)
    moves.line(
        say(
            N_("Grades: from {since} (down) to {on} (across)"),
            since=style.day(found.since),
            on=style.day(found.on),
        )
    )
    moves.table(
        [Field(say(N_("Grade")), width=14), *(Field(grade_words(each, say), Shape.COUNT, 10) for each in grades)],
        [[grade_words(old, say), *(found.moves.get((old, new), 0) for new in grades)] for old in grades],
    )  # fmt: skip
    book.save(path, say(REPORT.title))


def _make(desk: Sources, asked: ReportAsked, _progress: Progress) -> None:
    since, on = asked.period
    found = portfolio_of(desk, asked.the_client(), on, since)
    if asked.path.suffix.lower() == ".xlsx":
        write_workbook(found, asked.path, asked.language)
        return
    write(found, asked.path, asked.language)


REPORT = Report(
    "portfolio",
    N_("Portfolio of buyers"),
    (FileKind.PDF, FileKind.WORKBOOK),
    asks=(Ask.CLIENT, Ask.START, Ask.END),
    make=_make,
)
