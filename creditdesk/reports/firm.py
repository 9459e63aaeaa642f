"""The firm's clients on one day, drawn and listed; screen, paper and workbook ask here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.firm import (
    NONE_OF_IT,
    PICTURE_KEYS,
    PICTURE_TITLES,
    SOON,
    ClientState,
    FirmBar,
    FirmChart,
    Only,
    Picture,
    firm_charts,
    reasons,
)
from creditdesk.domain.review.month import OVER_LIMIT
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper import graphs
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import pictures, style
from creditdesk.reports.pictures import PictureBar, PrintedPicture
from creditdesk.reports.report import FileKind, Report, ReportAsked, Sources
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Value

TITLE = N_("Clients at a glance")


@dataclass(frozen=True, slots=True)
class FirmDay:
    """The clients on a day, those to be looked at first before the others. `firm` empty: it gave no name."""

    firm: str
    on: date
    states: tuple[ClientState, ...]

    @property
    def charts(self) -> tuple[FirmChart, ...]:
        """Its pictures."""
        return firm_charts(self.states, self.on)


def firm_day(desk: Sources, today: date, progress: Progress) -> FirmDay:
    """Every client as it stands today."""
    taken: dict[int, date] = {}
    for batch in desk.ledger.batches():
        if batch.undone_at is None:
            day = batch.taken_at.date()
            taken[batch.client_id] = max(taken.get(batch.client_id, day), day)
    reviewed = desk.reviews.written()
    found, firm = [], ""
    for client in progress.each(desk.clients.all(), N_("Looking at the clients")):
        agenda = desk.watch.agenda(client.id)
        book = desk.policies.month(client.id, today, today)
        firm = book.firm.name
        late = [each for each in agenda.lines if each.safe < today]
        over = (each.amount for each in book.gaps if each.reason == OVER_LIMIT)
        state = ClientState(
            id=client.id, name=client.name, late=len(late),
            soon=sum(today <= each.safe <= today + SOON for each in agenda.lines),
            at_stake=agenda.at_stake, standing=book.now, over=Money.total(over, book.currency),
            besides=book.besides, policy_end=book.policy_end, ledger_on=taken.get(client.id),
            reviewed_on=reviewed.get(client.id), grave=bool(late), incomplete=bool(book.refused),
        )  # fmt: skip
        first = late[0].title if late else None
        reason = next(reasons(state, first, today), None)
        found.append(replace(state, reason=reason))
    return FirmDay(firm, today, tuple(sorted(found, key=_urgency)))


def _urgency(state: ClientState) -> tuple[bool, bool, int, str]:
    return not state.late, state.reason is None, -state.late, state.name


def bar_words(chart: FirmChart, bar: FirmBar, say: Words) -> str:
    """What stands at the end of a bar."""
    match bar.figure:
        case Money():
            return style.figure(bar.figure)
        case None:
            never = {
                Picture.ENDING: N_("no policy"),
                Picture.REVIEW: N_("never written"),
            }
            return say(never[chart.picture])
        case count if chart.picture is Picture.DUTIES:
            return str(count)
        case count:
            return say.plural(N_("{count} day"), N_("{count} days"), count)


def chart_title(chart: FirmChart, say: Words) -> str:
    """With its currency, where it shows money."""
    title = say(PICTURE_TITLES[chart.picture])
    return f"{title} · {chart.currency}" if chart.currency else title


def left_out(states: Sequence[ClientState], say: Words) -> Iterator[str]:
    """What stands in no figure, and which figures are incomplete."""
    for each in states:
        if each.besides:
            yield say(
                N_("{client} is owed besides {amounts}, which stands in no figure here."),
                client=each.name, amounts=style.joined(map(style.money, each.besides), say),
            )  # fmt: skip
    names = [each.name for each in states if each.incomplete]
    if names:
        yield say(
            N_("Not all of the cover of {clients} could be worked out; its month report says why."),
            clients=style.joined(names, say),
        )  # fmt: skip


def totals(states: Sequence[ClientState]) -> dict[str, tuple[Money, Money, Money, Money]]:  # fmt: skip
    """By currency: balance, not insured, overdue, beyond the limits."""
    found = {}
    for code in sorted({each.currency for each in states if each.standing.balance}):
        mine = [each for each in states if each.currency == code]
        found[code] = (
            Money.total((each.standing.balance for each in mine), code),
            Money.total((each.standing.uncovered for each in mine), code),
            Money.total((each.standing.overdue for each in mine), code),
            Money.total((each.over for each in mine), code),
        )
    return found


def write(found: FirmDay, path: Path, language: Language) -> int:
    """Write the pages; the answer is how many."""
    say, states, on = words(language), found.states, found.on
    document = Document(language, say(TITLE))
    document.page()
    document.letterhead(found.firm or "CreditDesk", style.day(on))
    document.space(12)
    document.text(say(TITLE), size=18, bold=True)
    document.text(_subtitle(states, on, say), size=SMALL, tone="quiet")
    document.space(8)
    counted = {only: sum(each.is_in(only, on) for each in states) for only in Only}
    graphs.figures(
        document,
        [
            (say(N_("Duties that are late")), str(sum(each.late for each in states)), _of(counted[Only.LATE], say)),
            (say(N_("Policies that end within 60 days")), str(counted[Only.ENDING]), ""),
            (say(N_("Without a yearly review")), str(counted[Only.REVIEW]), ""),
        ],
    )  # fmt: skip
    for chart in found.charts:
        pictures.draw(document, _printed(chart, say))
    for line in left_out(states, say):
        document.text(line, size=SMALL)
    _list(document, states)
    with beside(path) as new:
        document.save(new, say(TITLE))
    return document.pages


def _subtitle(states: Sequence[ClientState], on: date, say: Words) -> str:
    text = N_("{count} clients as of {day}, each in its own currency; late duties first")  # fmt: skip
    return say(text, count=len(states), day=style.day(on))


def _of(clients: int, say: Words) -> str:
    return say.plural(N_("of {count} client"), N_("of {count} clients"), clients)


def _printed(chart: FirmChart, say: Words) -> PrintedPicture:
    return PrintedPicture(
        chart_title(chart, say),
        say(PICTURE_KEYS[chart.picture]),
        say(NONE_OF_IT[chart.picture]),
        [PictureBar(each.name, each.filled, each.hatched, bar_words(chart, each, say)) for each in chart.bars],
        bool(chart.currency),
    )  # fmt: skip


def _list(document: Document, states: Sequence[ClientState]) -> None:
    say = document.words
    document.heading(say(N_("All clients")))
    document.table(
        (
            Column(say("Client"), 2.4), Column(say(N_("Look at first")), 2.2),
            Column(say(N_("Duties late")), right=True, width=40), Column("", 0.7),
            Column(say(N_("Receivable")), right=True), Column(say(N_("Not insured")), right=True),
            Column(say(N_("Overdue")), right=True), Column(say(N_("Policy ends")), 1.2),
            Column(say(N_("Last review")), 1.2),
        ),
        [
            Row(
                (
                    Cell(each.name, size=8), Cell(_reason(each, say), size=8), Cell(str(each.late or ""), size=8),
                    Cell(each.currency, size=8), *(Cell(style.figure(amount) if amount else "", size=8) for amount in (
                        each.standing.balance, each.standing.uncovered, each.standing.overdue)),
                    Cell(style.day(each.policy_end) or say(N_("none")), size=8),
                    Cell(style.day(each.reviewed_on) or say(N_("none")), size=8),
                )
            )
            for each in states
        ],
        tight=5,
    )  # fmt: skip
    for code, (balance, uncovered, overdue, over) in totals(states).items():
        text = N_(
            "{currency}: receivable {balance}, not insured {uncovered}, overdue {overdue}, "
            "beyond the limits {over}"
        )
        document.text(
            say(
                text, currency=code, balance=style.figure(balance), uncovered=style.figure(uncovered),
                overdue=style.figure(overdue), over=style.figure(over),
            ),
            size=SMALL,
        )  # fmt: skip


def _reason(state: ClientState, say: Words) -> str:
    return say.say(state.reason) if state.reason else say(N_("✓ nothing stands out"))


def write_workbook(found: FirmDay, path: Path, language: Language) -> None:
    """The same figures as a workbook: the clients, sums by currency as live formulas, and every picture as a chart."""
    book = Book(language)
    say, states, on = book.words, found.states, found.on
    sheet = book.sheet(say(N_("All clients")))
    sheet.line(f"{say(TITLE)} {style.day(on)}", bold=True, size=14)
    sheet.line(_subtitle(states, on, say))
    for line in left_out(states, say):
        sheet.line(line)
    body = sheet.table(_fields(say), [_cells(each, say) for each in states])
    _sums(book, sheet.name, body, states)
    drawn = book.sheet(say(N_("Pictures")))
    for chart in found.charts:
        pictures.put(drawn, _printed(chart, say), say("Client"))
    book.save(path, say(TITLE))


def _fields(say: Words) -> tuple[Field, ...]:
    return (
        Field(say("Client"), width=34), Field(say(N_("Look at first")), width=34),
        Field(say(N_("Duties late")), Shape.COUNT, 9), Field(say(N_("In 7 days")), Shape.COUNT, 9),
        Field(say("Currency"), width=8), Field(say(N_("Receivable")), Shape.NUMBER, 17),
        Field(say(N_("Not insured")), Shape.NUMBER, 17), Field(say(N_("Overdue")), Shape.NUMBER, 17),
        Field(say(N_("Beyond the limits")), Shape.NUMBER, 17), Field(say(N_("Policy ends")), Shape.DAY, 12),
        Field(say(N_("Last review")), Shape.DAY, 12), Field(say(N_("Ledger of")), Shape.DAY, 12),
    )  # fmt: skip


def _cells(each: ClientState, say: Words) -> list[Value]:
    standing = each.standing
    return [
        each.name, _reason(each, say), each.late, each.soon, each.currency, standing.balance, standing.uncovered,
        standing.overdue, each.over, each.policy_end, each.reviewed_on, each.ledger_on,
    ]  # fmt: skip


def _sums(book: Book, name: str, body: range, states: Sequence[ClientState]) -> None:
    say = book.words
    sheet = book.sheet(say(N_("By currency")))
    sheet.line(say(N_("By currency")), bold=True, size=14)

    def cells(column: str) -> str:
        return (
            f"{name}!${column}${body.start}:${column}${max(body.start, body.stop - 1)}"
        )

    first = sheet.row + 2
    rows: list[list[Value]] = [
        [
            code,
            *(
                Formula(f"=SUMIF({cells('E')},A{at},{cells(column)})", amount.rounded().amount)
                for column, amount in zip("FGHI", amounts, strict=True)
            ),
        ]
        for at, (code, amounts) in enumerate(totals(states).items(), first)
    ]  # fmt: skip
    heads = (
        Field(say("Currency"), width=12), Field(say(N_("Receivable")), Shape.NUMBER, 20),
        Field(say(N_("Not insured")), Shape.NUMBER, 20), Field(say(N_("Overdue")), Shape.NUMBER, 20),
        Field(say(N_("Beyond the limits")), Shape.NUMBER, 20),
    )  # fmt: skip
    sheet.table(heads, rows or [[None] * len(heads)])


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    found = firm_day(desk, asked.today, progress)
    if asked.path.suffix.lower() == ".xlsx":
        write_workbook(found, asked.path, asked.language)
        return
    write(found, asked.path, asked.language)


REPORT = Report("firm", TITLE, (FileKind.PDF, FileKind.WORKBOOK), make=_make)
