"""What a buyer is reminded of, as a letter: every late document, what is left out, and interest (催款函)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.chasing import InterestAsked, LateItem, Reminder
from creditdesk.domain.ledger.interest import STATUTORY_PCT_A_DAY
from creditdesk.i18n import N_, Words
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.letter import Content


@dataclass(frozen=True, slots=True)
class Demanded:
    """A reminder with what was chosen for it. `pct`: of an agreed rate, a year. `known`: facts of the client by key."""

    found: Reminder
    interest: InterestAsked = InterestAsked.NONE
    pct: Decimal | None = None
    known: Mapping[str, str] = field(default_factory=dict)


def content(asked: Demanded, words: Words) -> Content:
    """Parties, sums and the table of what is late. Raises what stands against the interest."""
    found = asked.found.with_interest(asked.interest, asked.pct)
    oldest = found.oldest
    return Content(
        sender=found.client.name,
        on=found.on,
        head=f"{found.client.name} / {found.buyer.name}",
        reference=found.buyer.name,
        places={
            "client": found.client.name,
            "buyer": found.buyer.name,
            "buyer_code": found.buyer.code or words("not known"),
            "on": style.day(found.on),
            "count": str(len(found.demands)),
            "total": _sums(found.total, words),
            "oldest_due": style.day(oldest.due) if oldest else "",
            "days": str(oldest.days_overdue) if oldest else "",
            "left_out": _sums(found.left_out, words),
            "due_open": _sums(found.due_open, words),
            "unassigned": _sums(found.unassigned, words),
            "agreed_pct": f"{asked.pct.normalize():f}"
            if asked.pct is not None and asked.interest is InterestAsked.AGREED
            else "",
            "statutory_pct": f"{STATUTORY_PCT_A_DAY:f}"
            if asked.interest is InterestAsked.STATUTORY
            else "",
            "over_long": style.joined((_too_long(each, words) for each in found.over_long), words),
            "pay_to": _account(asked.known, words),
        },
        draw=partial(_table, found=found),
    )  # fmt: skip


def _sums(amounts: Sequence[Money], words: Words) -> str:
    return style.joined(map(style.money, amounts), words)


def _too_long(item: LateItem, words: Words) -> str:
    days = words.plural(N_("{count} day"), N_("{count} days"), item.term_days)
    return f"{words.name(item.name or item.number)} ({days})"


def _account(known: Mapping[str, str], words: Words) -> str:
    """Where to pay; empty unless all of it is known."""
    keys = ("client.account_holder", "client.bank", "client.account_number")
    holder, bank, number = (known.get(key, "") for key in keys)
    if not (holder and bank and number):
        return ""
    return words(
        N_("{holder}, {bank}, account {number}"),
        holder=holder,
        bank=bank,
        number=style.unbroken(number),
    )


def _table(document: Document, *, found: Reminder) -> None:
    words = document.words
    several = len({each.demanded.currency for each in found.demands}) > 1
    left, interest = bool(found.left_out), bool(found.interest)
    columns = [
        Column(words("Document"), 2),
        Column(words("Date")),
        Column(words("Due")),
        Column(words("Days overdue"), right=True),
    ]
    if left:
        columns.append(Column(words("Amount open"), right=True))
        columns.append(Column(words(N_("Not demanded")), right=True))
    columns.append(Column(words(N_("Demanded")), right=True))
    if interest:
        columns.append(Column(words(N_("Interest")), right=True))

    def shown(amount: Money) -> str:
        return style.money(amount) if several else style.figure(amount)

    def row(each: LateItem) -> Row:
        cells = [
            Cell(words.name(each.name or each.number), _bill(each, words)),
            Cell(style.day(each.issued)),
            Cell(style.day(each.due)),
            Cell(str(each.days_overdue)),
        ]
        if left:
            cells.append(Cell(shown(each.open)))
            cells.append(Cell(shown(each.left_out) if each.left_out else ""))
        cells.append(Cell(shown(each.demanded)))
        if interest:
            cells.append(Cell(shown(each.interest) if each.interest else ""))
        return Row(tuple(cells))

    rows = [row(each) for each in found.demands]
    rows.extend(_totals(found, columns, words))
    document.table(tuple(columns), rows)
    document.space(4)
    for total in found.total:
        spelled = style.spelled(total, words)
        if spelled:
            document.text(spelled, size=SMALL, tone="quiet")


def _bill(each: LateItem, words: Words) -> str:
    if each.bill is None:
        return ""
    told = N_("bill, not honoured on its day")
    return f"{words(told)} {each.bill}".strip()


def _totals(found: Reminder, columns: Sequence[Column], words: Words) -> Iterator[Row]:
    """What is demanded, what was received and stands against nothing, and what is to be paid, by currency."""

    def line(label: str, amounts: Sequence[Money], *, strong: bool) -> Iterator[Row]:
        for amount in amounts:
            title = f"{label} ({amount.currency})"
            blank = (Cell(""),) * (len(columns) - 2)
            figure = Cell(style.figure(amount), bold=strong)
            yield Row((Cell(title, bold=strong), *blank, figure), strong=strong, with_previous=True)  # fmt: skip

    if found.interest or found.unassigned:
        yield from line(words(N_("Demanded")), found.demanded, strong=False)
    yield from line(words(N_("Interest")), found.interest, strong=False)
    less = tuple(-each for each in found.unassigned)
    yield from line(words("Received, not assigned yet"), less, strong=False)
    yield from line(words(N_("To be paid")), found.total, strong=True)
