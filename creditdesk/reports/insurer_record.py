"""How an insurer served the firm's clients: screen, paper and workbook ask here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.insurer import (
    BEHIND_TITLES,
    RECORD_KEYS,
    RECORD_NONE,
    RECORD_TITLES,
    SPANS,
    Behind,
    InsurerRecord,
    RecordBar,
    RecordChart,
    RecordPicture,
    record_charts,
    span,
)
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import pictures, style
from creditdesk.reports.pictures import PictureBar, PrintedPicture
from creditdesk.reports.report import FileKind, Report, Sources
from creditdesk.reports.workbook import Book, Field, Shape

REPORT = Report("insurer_record", N_("An insurer's service"), (FileKind.PDF, FileKind.WORKBOOK))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindRow:
    """A row behind a bar.

    `subject`: buyer, claim or policy. `first` and `second`: asked and granted, or claimed and paid. `on` None: the day
    isn't known; `days` None: it takes none, or isn't known. `place` and `number`: where it is opened.
    """

    behind: Behind
    client: str
    subject: str
    on: date | None
    first: Money | None
    second: Money | None
    days: int | None
    place: str
    number: int | str


def record_of(desk: Sources, insurer: str, on: date) -> InsurerRecord:
    """Everything the desk knows of its service."""
    return InsurerRecord(
        insurer=insurer,
        on=on,
        answers=desk.insurers.answers(insurer),
        claims=tuple(each for each in desk.claims.passed() if each.insurer == insurer),
        premiums=desk.insurers.premiums(insurer),
    )


def rows_of(record: InsurerRecord) -> Iterator[BehindRow]:
    """What each bar counts: answers, parts of claims, premium notes, payments."""
    for answer in record.answers:
        yield BehindRow(
            behind=answer.behind, client=answer.client, subject=answer.buyer, on=answer.decided_on, first=answer.asked,
            second=answer.granted, days=answer.days, place="buyer_file", number=answer.buyer_id,
        )  # fmt: skip
    for claim in record.claims:
        for part in SPANS:
            days = span(claim, part)
            if days is not None:
                yield BehindRow(
                    behind=part, client="", subject=claim.number, on=SPANS[part](claim)[1], first=claim.claimed,
                    second=claim.paid, days=days, place="claim_file", number=claim.number,
                )  # fmt: skip
        if claim.paid:
            yield BehindRow(
                behind=Behind.INDEMNITY, client="", subject=claim.number, on=claim.paid_on, first=claim.claimed,
                second=claim.paid, days=None, place="claim_file", number=claim.number,
            )  # fmt: skip
    for note in record.premiums:
        yield BehindRow(
            behind=Behind.PREMIUM, client=note.client, subject=note.policy, on=note.due_on, first=note.amount,
            second=note.amount if note.paid_on else None, days=None, place="premium", number=note.policy_id,
        )  # fmt: skip


def chart_title(chart: RecordChart, say: Words) -> str:
    """With its currency, where it shows money."""
    title = say(RECORD_TITLES[chart.picture])
    return f"{title} · {chart.currency}" if chart.currency else title


def bar_words(chart: RecordChart, bar: RecordBar, say: Words) -> str:
    """What stands at the end of a bar."""
    match bar.figure:
        case Money():
            return style.figure(bar.figure)
        case None:
            return say(N_("none known"))
        case count if chart.picture is RecordPicture.CYCLE:
            return say.plural(N_("{count} day"), N_("{count} days"), count)
        case count:
            return str(count)


def _printed(chart: RecordChart, say: Words) -> PrintedPicture:
    return PrintedPicture(
        chart_title(chart, say),
        say(RECORD_KEYS[chart.picture]),
        say(RECORD_NONE[chart.picture]),
        [
            PictureBar(say(BEHIND_TITLES[each.behind]), each.filled, each.hatched, bar_words(chart, each, say))
            for each in chart.bars
        ],
        bool(chart.currency),
    )  # fmt: skip


def _subtitle(record: InsurerRecord, say: Words) -> str:
    return say(N_("From our own records of all clients, to {day}"), day=style.day(record.on))  # fmt: skip


def write(record: InsurerRecord, path: Path, language: Language) -> int:
    """Write the pages; the answer is how many."""
    say = words(language)
    title = say(REPORT.title)
    document = Document(language, f"{title} {record.insurer}")
    document.page()
    document.letterhead(record.insurer, style.day(record.on))
    document.space(12)
    document.text(f"{title}  {record.insurer}", size=18, bold=True)
    document.text(_subtitle(record, say), size=SMALL, tone="quiet")
    for chart in record_charts(record):
        pictures.draw(document, _printed(chart, say))
    rows = list(rows_of(record))
    if rows:
        document.heading(say(N_("What the pictures rest on")))
        document.table(
            (
                Column(say(N_("Counted as")), 1.5), Column(say(N_("Buyer, claim or policy")), 2.6),
                Column(say("Client"), 2), Column(say("Day"), 1.2), Column(say(N_("Asked, claimed")), right=True),
                Column(say(N_("Granted, paid")), right=True), Column(say(N_("Days")), right=True),
            ),
            [
                Row(tuple(Cell(text, size=8) for text in (
                    say(BEHIND_TITLES[row.behind]), row.subject, row.client, style.day(row.on), style.money(row.first),
                    style.money(row.second), "" if row.days is None else str(row.days))))
                for row in rows
            ],
            tight=5,
        )  # fmt: skip
    with beside(path) as new:
        document.save(new, title)
    return document.pages


def write_workbook(record: InsurerRecord, path: Path, language: Language) -> None:
    """The same figures as a workbook: the pictures, and the rows they rest on."""
    book = Book(language)
    say = book.words
    sheet = book.sheet(say(N_("Pictures")))
    sheet.line(f"{say(REPORT.title)} {record.insurer}", bold=True, size=14)
    sheet.line(_subtitle(record, say))
    for chart in record_charts(record):
        pictures.put(sheet, _printed(chart, say), "")
    listed = book.sheet(say(N_("What the pictures rest on")))
    listed.table(
        (
            Field(say(N_("Counted as")), width=20), Field(say(N_("Buyer, claim or policy")), width=34),
            Field(say("Client"), width=34), Field(say("Day"), Shape.DAY, 12), Field(say("Currency"), width=8),
            Field(say(N_("Asked, claimed")), Shape.NUMBER, 18), Field(say(N_("Granted, paid")), Shape.NUMBER, 18),
            Field(say(N_("Days")), Shape.COUNT, 8),
        ),
        [
            [
                say(BEHIND_TITLES[row.behind]), row.subject, row.client, row.on, _currency(row), row.first, row.second,
                row.days,
            ]
            for row in rows_of(record)
        ],
    )  # fmt: skip
    book.save(path, say(REPORT.title))


def _currency(row: BehindRow) -> str:
    known = row.first or row.second
    return known.currency if known is not None else ""
