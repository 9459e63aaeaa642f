"""The monthly report to a client (信保月报): one page, and the same figures as a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import Agenda, DutyLine
from creditdesk.domain.review.month import (
    DEEDS,
    NO_POLICY,
    OVER_LIMIT,
    UNKNOWN,
    MonthBook,
)
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Typesetter
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources
from creditdesk.reports.workbook import Book, Field, Shape, Value

MOST_DUTIES = 8
_FINE, _TIGHT, _FIGURE = 8.5, 5.0, 76.0
"""Points: the text of its tables, how much lower their rows are, and a column of the comparison."""
_TITLE = N_("Credit insurance report of the month")
_MOST_DEEDS = 8
_REASONS = {
    OVER_LIMIT: N_("above the limit"),
    NO_POLICY: N_("no policy runs"),
    UNKNOWN: N_("can't be worked out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientMonth:
    """Everything a client's report says, for paper and workbook alike. `today`: what is still to be done is of it."""

    book: MonthBook
    agenda: Agenda
    today: date

    @property
    def at_stake(self) -> tuple[Money, ...]:
        """What the missed duties could cost."""
        return self.agenda.at_stake


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison. `shares`: in per cent, not money."""

    title: str
    before: Value
    now: Value
    change: Value
    shares: bool = False


def lines(book: MonthBook, say: Words) -> tuple[Line, ...]:
    """What changed since the end of the month before: what paper and workbook both show."""
    before, now = book.before, book.now

    def money(title: str, old: Money, new: Money) -> Line:
        return Line(title, old, new, new - old)

    change = None if before.share is None or now.share is None else now.share - before.share  # fmt: skip
    return (
        money(say(N_("Receivable")), before.balance, now.balance),
        money(say(N_("Insured debt")), before.covered, now.covered),
        money(say(N_("Not insured")), before.uncovered, now.uncovered),
        Line(say(N_("Not insured, %")), before.share, now.share, change, shares=True),
        money(say(N_("Overdue")), before.overdue, now.overdue),
    )


def gap_rows(book: MonthBook, say: Words) -> tuple[tuple[str, int, Money, str], ...]:
    """Why money is not insured: reason, buyers, amount, and who has most of it; adds up to what is not insured."""
    return tuple(
        (
            say(_REASONS.get(each.reason) or style.REASONS[each.reason]),
            each.buyers,
            each.amount,
            each.largest
            if each.buyers == 1
            else say(N_("most of it {buyer}, {amount}"), buyer=each.largest, amount=style.figure(each.largest_amount)),
        )
        for each in book.gaps
    )  # fmt: skip


def deed_rows(book: MonthBook, say: Words) -> tuple[tuple[date, str], ...]:
    """What was done, by day."""
    found = []
    for each in book.deeds:
        one, many = DEEDS[each.what, each.subject]
        found.append((each.on, say.plural(one, many, each.count)))
    return tuple(found)


def payable_words(book: MonthBook, say: Words) -> str:
    """What the insurer would pay at most, or what is missing to say it."""
    if book.payable is not None:
        return say(N_("at most {amount} would be paid of it"), amount=style.figure(book.payable))  # fmt: skip
    if not book.policy:
        return say(N_("no policy runs on this day"))
    if not book.missing:
        return say(N_("what is paid without VAT only a claim works out"))
    names = style.joined((each.label.in_language(say.language) for each in book.missing), say)  # fmt: skip
    return say(N_("what is paid can't be said: {fields} of the policy is not entered"), fields=names)  # fmt: skip


def write(
    months: Sequence[ClientMonth], path: Path, language: Language, progress: Progress
) -> int:
    """Write one page a client; the answer is the pages."""
    say = words(language)
    whole = Document(language, say(_TITLE))
    for month in progress.each(months, N_("Writing the report")):
        page = _fitting(month, language, whole.type)
        whole.take(page, 1, 1)
    with beside(path) as new:
        whole.save(new, say(_TITLE))
    return whole.pages


def _fitting(month: ClientMonth, language: Language, typesetter: Typesetter) -> Document:  # fmt: skip
    """The page with as many duties as fit on it."""
    for duties in range(MOST_DUTIES, -1, -1):
        document = Document(language, "", typesetter)
        _draw(document, month, duties)
        if document.pages == 1:
            break
    return document


def _draw(document: Document, month: ClientMonth, duties: int) -> None:
    say, book = document.words, month.book
    document.page()
    document.letterhead(book.firm.name or book.client.name, style.day(month.today))
    document.space(10)
    document.text(f"{say(_TITLE)}  {book.now.on:%Y-%m}", size=17, bold=True)
    document.text(_said(book, say), size=SMALL, tone="quiet")
    document.space(6)
    _figures(document, book)
    if book.now.balance:
        document.bar(float(book.now.covered.amount / book.now.balance.amount))
        document.text(say(N_("filled: insured · hatched: not insured")), size=_FINE, tone="quiet")  # fmt: skip
    _duties(document, month, duties)
    _gaps(document, book)
    _changes(document, book)
    _deeds(document, book)
    _choice(document, book)
    for remark in remarks(book, say):
        document.text(remark, size=_FINE, tone="quiet")
    document.seals(
        (say(N_("Received by the client (seal)")), say(N_("Accounting firm (seal)"))),
        say("Date"),
        high=54,
        below=say(N_("Figures and duties as of {day}."), day=style.day(book.now.on)),
        size=_FINE,
    )


def _said(book: MonthBook, say: Words) -> str:
    policy = say(N_("no policy"))
    if book.policy:
        policy = say(N_("policy {number} (to {day})"), number=book.policy, day=style.day(book.policy_end))  # fmt: skip
    on = say(N_("on {day}, in {currency}"), day=style.day(book.now.on), currency=book.currency)  # fmt: skip
    return f"{book.client.name} · {policy} · {on}"


def _figures(document: Document, book: MonthBook) -> None:
    say, now = document.words, book.now
    change = now.balance - book.before.balance
    sign = "+" if change.amount > 0 else ""
    moved, day = f"{sign}{style.figure(change)}", style.day(book.before.on)
    since = say(N_("{change} since {day}"), change=moved, day=day)
    share = f"{now.share} %" if now.share is not None else ""
    rest = say(N_("{share} of it; lost if it isn't paid"), share=share) if share else ""
    heads = (N_("Receivable"), N_("Insured debt"), N_("Not insured"))
    amounts = (now.balance, now.covered, now.uncovered)
    said = (since, payable_words(book, say), rest)
    document.table(
        tuple(Column(say(each), share) for each, share in zip(heads, (1.0, 1.4, 1.0), strict=True)),
        (
            Row(tuple(Cell(style.figure(each), bold=True, size=14) for each in amounts), with_previous=True),
            Row(tuple(Cell(each, size=_FINE, tone="quiet") for each in said)),
        ),
        tight=_TIGHT,
    )  # fmt: skip
    document.space(4)


def _duties(document: Document, month: ClientMonth, most: int) -> None:
    say, waiting = document.words, len(month.agenda.waiting)
    shown = month.agenda.lines[:most]
    title = say(N_("Nothing is to be done"))
    if waiting:
        title = say.plural(N_("To do: {count} thing"), N_("To do: {count} things"), waiting)  # fmt: skip
        if month.at_stake:
            risk = style.joined(map(style.money, month.at_stake), say)
            title = say.clauses((title, say(N_("at risk {amounts}"), amounts=risk)))
    document.heading(title)
    if not shown:
        return
    document.table(
        (
            Column(say("Do by"), 1.35),
            Column(say("To do"), 2.2),
            Column(say("Buyer"), 2.1),
            Column(say(N_("Otherwise")), 2.7),
            Column(say("Amount"), right=True),
        ),
        [
            Row(
                (
                    Cell(_by(each, month.today, say), bold=True, size=_FINE),
                    Cell(each.title.in_language(say.language), size=_FINE),
                    Cell(each.buyer, size=_FINE),
                    Cell(each.consequence.in_language(say.language), size=_FINE),
                    Cell(style.figure(each.amount), size=_FINE),
                )
            )
            for each in shown
        ],
        tight=_TIGHT,
    )
    if waiting > len(shown):
        more = say(N_("another {count} in the desk"), count=waiting - len(shown))
        document.text(more, size=_FINE, tone="quiet")


def _by(each: DutyLine, today: date, say: Words) -> str:
    """The safe day; the legal one in brackets where it is another; whether it is past."""
    day = f"{each.safe:%m-%d}"
    if each.legal != each.safe:
        day = f"{day} ({each.legal:%m-%d})"
    return f"{day} {say('late')}" if each.safe < today else day


def _gaps(document: Document, book: MonthBook) -> None:
    say = document.words
    rows = gap_rows(book, say)
    if not rows:
        return
    title = N_("Why {amount} is not insured")
    document.heading(say(title, amount=style.figure(book.now.uncovered)))
    document.table(
        (
            Column(say("Why"), 2),
            Column(say(N_("Whose")), 3),
            Column(say(N_("How many")), right=True),
            Column(say("Amount"), right=True),
        ),
        [
            Row(
                (
                    Cell(why, bold=True, size=_FINE),
                    Cell(most, size=_FINE),
                    Cell(str(buyers), size=_FINE),
                    Cell(style.figure(amount), size=_FINE),
                )
            )
            for why, buyers, amount, most in rows
        ],
        tight=_TIGHT,
    )


def _changes(document: Document, book: MonthBook) -> None:
    say, found = document.words, lines(book, document.words)
    document.heading(say(N_("Compared with the month before")))
    rows = (
        (style.day(book.before.on), [_value(each.before) for each in found], False),
        (style.day(book.now.on), [_value(each.now) for each in found], True),
        (say(N_("Change since then")), [_signed(each.change) for each in found], False),
    )
    document.table(
        (
            Column(""),
            *(Column(each.title, right=True, width=_FIGURE) for each in found),
        ),
        [
            Row(
                (
                    Cell(title, size=_FINE),
                    *(Cell(figure, bold=bold, size=_FINE) for figure in figures),
                )
            )
            for title, figures, bold in rows
        ],
        tight=_TIGHT,
    )


def _value(value: Value) -> str:
    if isinstance(value, Money):
        return style.figure(value)
    return "" if value is None else f"{value} %"


def _signed(value: Value) -> str:
    text = _value(value).replace(" %", "").replace("-", "\u2212")
    return f"+{text}" if text and not text.startswith("\u2212") else text


def _deeds(document: Document, book: MonthBook) -> None:
    say, rows = document.words, deed_rows(book, document.words)
    document.heading(say(N_("What we did in the month")))
    told = [f"{on:%m-%d} {what}" for on, what in rows[-_MOST_DEEDS:]]
    document.text(say.clauses(told) or say(N_("nothing was recorded")), size=_FINE)


def _choice(document: Document, book: MonthBook) -> None:
    say, choice = document.words, book.choice
    if choice is None:
        return
    document.heading(say(N_("For you to decide: {buyer}"), buyer=choice.buyer))
    ways = (
        say(N_("ask for a limit of {amount}"), amount=style.figure(choice.ask)),
        say(N_("be paid before shipping on")),
        say(N_("bear {amount} ourselves (sign)"), amount=style.figure(choice.over)),
    )
    document.text("   ".join(f"□ {each}" for each in ways), size=SMALL)
    document.space(4)


def remarks(book: MonthBook, say: Words) -> Iterator[str]:
    """What isn't in the figures, and on what they rest."""
    if book.besides:
        amounts = style.joined(map(style.money, book.besides), say)
        text = N_("Besides, {amounts} is owed in other currencies; it is in no figure above.")  # fmt: skip
        yield say(text, amounts=amounts)
    for each in book.refused:
        yield say.say(each)
    if book.unconfirmed:
        yield say.plural(
            N_("{count} value of the policy was not held against the paper yet; dates and amounts may change."),
            N_("{count} values of the policy were not held against the paper yet; dates and amounts may change."),
            len(book.unconfirmed),
        )  # fmt: skip


def write_workbook(
    months: Sequence[ClientMonth], path: Path, language: Language, progress: Progress
) -> None:
    """The same figures, one sheet a client."""
    book = Book(language)
    say = book.words
    for month in progress.each(months, N_("Writing the report")):
        _sheet(book, month, say)
    book.save(path, say(_TITLE))


def _sheet(book: Book, month: ClientMonth, say: Words) -> None:
    found = month.book
    sheet = book.sheet(found.client.name, found.currency)
    sheet.line(f"{say(_TITLE)} {found.now.on:%Y-%m}", bold=True, size=14)
    sheet.line(_said(found, say))
    sheet.line(payable_words(found, say))
    sheet.table(
        [
            Field(say(N_("Figure")), width=34),
            Field(style.day(found.before.on), Shape.MONEY, 18),
            Field(style.day(found.now.on), Shape.MONEY, 18),
            Field(say(N_("Change since then")), Shape.MONEY, 18),
        ],
        [[each.title, each.before, each.now, each.change] for each in lines(found, say)],
    )  # fmt: skip
    sheet.line("")
    sheet.table(
        [
            Field(say("Why"), width=34),
            Field(say(N_("How many")), Shape.COUNT, 18),
            Field(say("Amount"), Shape.MONEY, 18, summed=True),
            Field(say(N_("Most of it")), width=40),
        ],
        [list(each) for each in gap_rows(found, say)],
        total=say("Total"),
    )
    sheet.line("")
    sheet.table(
        [
            Field(say("To do"), width=34),
            Field(say("Do by"), Shape.DAY, 18),
            Field(say("Amount"), Shape.MONEY, 18),
            Field(say("Buyer"), width=40),
            Field(say(N_("Otherwise")), width=48),
        ],
        [
            [
                each.title.in_language(say.language), each.safe, each.amount, each.buyer,
                each.consequence.in_language(say.language),
            ]
            for each in month.agenda.lines
        ],
    )  # fmt: skip
    sheet.line("")
    sheet.table(
        [Field(say(N_("What we did in the month")), width=34), Field(say("Date"), Shape.DAY, 18)],
        [[what, on] for on, what in deed_rows(found, say)],
    )  # fmt: skip
    for remark in remarks(found, say):
        sheet.line(remark)


def month_of(desk: Sources, client: int, day: date, today: date) -> ClientMonth:
    """Everything the report says: paper and workbook are drawn from it.

    Of a month that is over the duties are those that stood open at its end. Raises the refusal of a desk opened for
    reading alone where the month is over: its duties are found by trying.
    """
    book = desk.policies.month(client, day, today)
    over = book.now.on < today
    return ClientMonth(
        book=book,
        agenda=desk.agenda_of(client, book.now.on)
        if over
        else desk.watch.agenda(client),
        today=book.now.on if over else today,
    )


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    one = asked.client
    clients = (one,) if one is not None else tuple(each.id for each in desk.clients.all())  # fmt: skip
    months = tuple(month_of(desk, each, asked.day, asked.today) for each in clients)
    made = write_workbook if asked.path.suffix.lower() == ".xlsx" else write
    made(months, asked.path, asked.language, progress)


REPORT = Report(
    "month",
    N_("Monthly report to the client"),
    (FileKind.PDF, FileKind.WORKBOOK),
    asks=(Ask.CLIENT, Ask.DAY),
    make=_make,
)
