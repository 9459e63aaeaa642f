"""What a checked file gives, in words and figures, without Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import BankStatement, OwnTotal, Side
from creditdesk.domain.ledger.documents import AgedDraft, DocumentKind, LedgerDraft
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.rows.control import Control
from creditdesk.importers.structured.document import Structured
from creditdesk.intake.files import Checked, File
from creditdesk.presenters.ledger.document_words import CREDITS, KINDS
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import AgedTakenIn, StatementTaken, TakenIn

SHOWN = 2_000
"""Rows drawn of what will be taken in; all are taken in, and the list says how many more there are."""
_ROWS_NAMED = 8
_SHOWN_PROBLEMS = 200
_SIDES = {
    Side.IN: N_("Received, by the statement itself"),
    Side.OUT: N_("Spent, by the statement itself"),
    Side.NEUTRAL: N_("Neither received nor spent, by the statement itself"),
    Side.ALL: N_("All lines, by the statement itself"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of what will be taken in. `due` None: none is given, or none belongs there."""

    row: int
    what: Message
    who: str
    number: str
    on: date
    due: date | None
    amount: Money
    due_open: bool = False


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A name and a figure. `tone`: whether the figure agrees; `detail`: the rows behind a difference."""

    name: str
    value: str
    tone: Tone = Tone.PLAIN
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about rows. `refused`: they are not taken."""

    place: str
    text: str
    refused: bool


def table(wording: Wording) -> Table[Item]:
    """The list of what will be taken in."""
    say = wording
    return Table(
        [
            Column(key="row", title=N_("Row"), cell=lambda item: str(item.row), order=lambda item: item.row,
                   right=True, width=52),
            Column(key="who", title=N_("Buyer"), cell=lambda item: Cell(item.who, hint=item.who),
                   order=lambda item: item.who, stretch=True),
            Column(key="number", title=N_("Number"), cell=lambda item: Cell(item.number, hint=item.number),
                   order=lambda item: item.number, width=104),
            Column(key="on", title=N_("Date"), cell=lambda item: say.day(item.on),
                   order=lambda item: item.on, width=92),
            Column(key="amount", title=N_("Amount"), cell=lambda item: say.money(item.amount),
                   order=lambda item: (item.amount.currency, item.amount.amount), right=True, width=112),
            Column(key="due", title=N_("Due"), cell=lambda item: _due(item, say),
                   order=lambda item: item.due or date.max, width=92),
            Column(key="what", title=N_("Kind"), cell=lambda item: say.message(item.what), width=78),
        ],
        lambda item: (item.row, item.what.text, item.number, item.on, item.amount.amount),
        sort="row",
    )  # fmt: skip


def _due(item: Item, say: Wording) -> Cell:
    if item.due_open:
        return Cell(
            say(N_("day open")),
            Tone.WARNING,
            say(N_("Nobody knows yet when it falls due.")),
        )
    return Cell(say.day(item.due))


def items(checked: Checked) -> Sequence[Item]:
    """The first `SHOWN` of what will be taken in, in the file's order."""
    if isinstance(checked.draft, LedgerDraft):
        found = list(_documents(checked.draft))
    elif isinstance(checked.draft, AgedDraft):
        found = list(_balances(checked.draft))
    else:
        found = list(_receipts(checked.draft))
    return sorted(found, key=lambda item: item.row)[:SHOWN]


def count(checked: Checked) -> int:
    """How many lines will be taken in."""
    draft = checked.draft
    if isinstance(draft, LedgerDraft):
        return len(draft.documents) + len(draft.payments)
    return len(draft.balances if isinstance(draft, AgedDraft) else draft.lines)


def _documents(draft: LedgerDraft) -> Iterator[Item]:
    for each in draft.documents[:SHOWN]:
        credit = each.kind is DocumentKind.CREDIT_NOTE
        amount = -each.amount if credit else each.amount
        yield Item(
            each.row, Message(KINDS[each.kind]), each.buyer.name, each.number, each.issued, each.due, amount,
            each.due is None and each.kind is DocumentKind.INVOICE,
        )  # fmt: skip
    for paid in draft.payments[:SHOWN]:
        yield Item(
            paid.row, Message(CREDITS[paid.kind]), paid.buyer.name, paid.to, paid.paid_on, None, -paid.amount,
        )  # fmt: skip


def _balances(draft: AgedDraft) -> Iterator[Item]:
    for each in draft.balances[:SHOWN]:
        what = Message.of(N_("{age}"), age=each.header)
        yield Item(each.row, what, each.buyer.name, "", draft.as_of, None, each.amount)


def _receipts(statement: BankStatement) -> Iterator[Item]:
    for each in statement.lines[:SHOWN]:
        yield Item(
            each.row, Message(N_("Money received")), each.payer, each.text, each.booked_on, None, each.amount,
        )  # fmt: skip


def about(file: Structured, say: Wording) -> Sequence[Sequence[str]]:
    """What a structured file says of itself, as rows of a name and a value."""
    issuer = file.issuer
    rows = [
        (say(N_("Format")), say.message(file.title)),
        (say(N_("File inside")), file.attachment),
        (say(N_("Issued by")), " ".join(filter(None, (issuer.name, issuer.uscc))) if issuer else ""),
        (say(N_("Encoding")), file.encoding),
        (say(N_("Customers")), f"{len(file.customers):,}" if file.customers else ""),
    ]  # fmt: skip
    rows += [
        (say.message(each.name), f"{_plain(each.stated)} {each.currency}".strip())
        for each in file.controls
    ]
    return [row for row in rows if row[1]]


def outcome(checked: Checked, wording: Wording) -> Sequence[ResultLine]:
    """What would happen, as names and counts; nothing for nothing."""
    told, say = checked.told, wording
    if isinstance(told, AgedTakenIn):
        counts = [
            (N_("Rows read"), told.rows_read),
            (N_("New balances"), told.added),
            (N_("Changed"), told.changed),
            (N_("Already there"), told.unchanged),
            (N_("New buyers"), told.buyers_added),
            (N_("Skipped"), len(told.skipped)),
            (N_("Refused"), len(told.rejected)),
        ]
    elif isinstance(told, StatementTaken):
        counts = [
            (N_("New receipts"), told.added),
            (N_("Already there"), told.unchanged),
        ]
    else:
        counts = [
            (N_("Rows read"), told.rows_read),
            (N_("New documents"), told.invoices_added),
            (N_("Changed"), told.invoices_updated),
            (N_("Already there"), told.invoices_unchanged),
            (N_("New payments"), told.payments_added),
            (N_("Changed payments"), told.payments_updated),
            (N_("Set off, written off, discounts"), told.adjustments_added),
            (N_("Opening balances"), told.openings_added),
            (N_("Due date open"), told.open_due_dates),
            (N_("New buyers"), told.buyers_added),
            (N_("Kept as evidence"), told.papers),
            (N_("Skipped"), len(told.skipped)),
            (N_("Refused"), len(told.rejected)),
        ]
    return [ResultLine(say(name), f"{count:,}") for name, count in counts if count]


def sums(file: File, wording: Wording) -> Sequence[ResultLine]:
    """The sums by currency, beside the file's own totals and what the ledger holds before and after."""
    checked = file.checked
    if checked is None:
        return ()
    lines = list(_of_told(checked, wording))
    lines += [line for each in checked.controls for line in _control(each, wording)]
    structured = file.piece.structured if file.piece else None
    if structured is not None:
        lines += _structured(structured, wording)
    if isinstance(checked.draft, BankStatement):
        lines += [
            line for each in checked.draft.own_totals for line in _own(each, wording)
        ]
    if isinstance(checked.draft, AgedDraft):
        lines += _aged(checked.draft, wording)
    if isinstance(checked.told, TakenIn):
        lines += _before_and_after(checked.told, wording)
    return lines


def _of_told(checked: Checked, say: Wording) -> Iterator[ResultLine]:
    if isinstance(checked.told, StatementTaken):
        for code, amount in checked.told.received.items():
            name = say(N_("Received, {currency}"), currency=say.currency(code))
            yield ResultLine(name, say.figure(amount))
        return
    for code, total in checked.told.totals.items():
        name = say(N_("File, {currency}"), currency=say.currency(code))
        yield ResultLine(name, say.figure(total.amount))
        if isinstance(checked.told, TakenIn):
            yield ResultLine(say(N_("of it open")), say.figure(total.open))


def _control(control: Control, say: Wording) -> Iterator[ResultLine]:
    """The file's own total row beside the rows taken in, and the rows between them."""
    name = say(N_("File's own total, {header}"), header=control.header)
    if not control.difference:
        yield ResultLine(
            name, f"{_plain(control.stated)}  {say(N_('equal'))}", Tone.DONE
        )
        return
    rows = [
        say(
            N_("row {row}: {amount}, {reason}"),
            row=each.row, amount=_plain(each.amount), reason=say.message(each.reason),
        )
        for each in control.left_out[:_ROWS_NAMED]
    ]  # fmt: skip
    if len(control.left_out) > _ROWS_NAMED:
        rows.append(say(N_("and {count} more rows"), count=len(control.left_out) - _ROWS_NAMED))  # fmt: skip
    if control.unexplained:
        rows.append(
            say(
                N_("{amount} isn't explained: the file's rows don't make its own total."),
                amount=_plain(control.unexplained),
            )
        )  # fmt: skip
    differs = say(N_("differs by {amount}"), amount=_plain(control.difference))
    yield ResultLine(
        name,
        f"{_plain(control.stated)}  {differs}",
        Tone.WARNING if control.unexplained else Tone.PLAIN,
        "\n".join(rows),
    )


def _structured(file: Structured, say: Wording) -> Iterator[ResultLine]:
    for each in file.controls:
        name = say(N_("File's own figure, {name}"), name=each.name)
        yield _compared(name, each.stated, each.read, say)


def _own(own: OwnTotal, say: Wording) -> Iterator[ResultLine]:
    name = say(_SIDES[own.side])
    if own.count is not None:
        yield _compared(name, Decimal(own.count), Decimal(own.read_count), say)
    if own.amount is not None:
        yield _compared(name, own.amount.amount, own.read_amount.amount, say)


def _aged(draft: AgedDraft, say: Wording) -> Iterator[ResultLine]:
    codes = {each.amount.currency for each in draft.balances}
    if len(codes) != 1:
        return
    for header, stated in draft.file_totals.items():
        whole = header == "open"
        read = sum(
            (each.amount.amount for each in draft.balances if whole or each.header == header),
            Decimal(0),
        )  # fmt: skip
        name = say(N_("Total")) if whole else header
        yield _compared(
            say(N_("File's own total, {header}"), header=name), stated, read, say
        )


def _compared(name: str, stated: Decimal, read: Decimal, say: Wording) -> ResultLine:
    if stated == read:
        return ResultLine(name, f"{_plain(stated)}  {say(N_('equal'))}", Tone.DONE)
    differs = say(N_("differs by {amount}"), amount=_plain(stated - read))
    return ResultLine(name, f"{_plain(stated)}  {differs}", Tone.WARNING)


def _before_and_after(told: TakenIn, say: Wording) -> Iterator[ResultLine]:
    for code, after in told.after.items():
        before = told.before.get(code)
        currency = say.currency(code)
        yield ResultLine(
            say(N_("Ledger open before, {currency}"), currency=currency),
            say.figure(before.open if before else Money.zero(code)),
        )
        yield ResultLine(
            say(N_("Ledger open after, {currency}"), currency=currency),
            say.figure(after.open),
        )


def _plain(value: Decimal) -> str:
    return f"{value:,f}".replace("-", "\u2212")


def remarks(checked: Checked, wording: Wording) -> Sequence[Remark]:
    """What was said about rows, refused ones first."""
    draft = checked.draft
    refused = draft.rejected
    notes: tuple[Problem, ...] = ()
    buyers: tuple[Problem, ...] = ()
    if isinstance(checked.told, TakenIn | AgedTakenIn):
        buyers = checked.told.about_buyers
    if isinstance(checked.told, TakenIn):
        # The comparison with the desk has its own word on rows, notes and all.
        told = checked.told
        refused, notes, left = told.rejected, told.notes, told.skipped
    elif isinstance(draft, AgedDraft):
        notes, left = draft.notes, draft.skipped
    else:
        assert isinstance(draft, BankStatement)  # noqa: S101 - a ledger was compared above
        notes, left = draft.notes, draft.left_out
    found = [
        *_together(refused, wording, refused=True),
        *_together(buyers, wording, refused=False),
        *_together(notes, wording, refused=False),
        *_together(left, wording, refused=False),
    ]
    return found[:_SHOWN_PROBLEMS]


def _together(
    problems: Sequence[Problem], wording: Wording, *, refused: bool
) -> Iterator[Remark]:
    """Rows of which the same is said are told together, unless each has its own value."""
    groups: dict[tuple[str | None, str], list[Problem]] = {}
    for each in problems:
        place = None if each.row is None else f"{each.column}{each.value}"
        groups.setdefault((place, wording.message(each.reason)), []).append(each)
    for (_, told), alike in groups.items():
        yield Remark(_places(alike, wording), told, refused)


def _places(problems: Sequence[Problem], wording: Wording) -> str:
    first = _place(problems[0], wording)
    if len(problems) == 1 or not first:
        return first
    rows = [str(each.row) for each in problems[:_ROWS_NAMED]]
    if len(problems) > _ROWS_NAMED:
        rows.append("…")
    said = wording.plural(
        N_("{count} row: {rows}"), N_("{count} rows: {rows}"), len(problems),
        rows=wording.list(rows),
    )  # fmt: skip
    named = first.partition(" · ")[2]
    return f"{said} · {named}" if named else said


def _place(problem: Problem, wording: Wording) -> str:
    if problem.row is None:
        return ""
    place = wording(N_("Row {row}"), row=problem.row)
    if problem.column:
        place += f" · {problem.column}"
    return place + (f" “{problem.value}”" if problem.value else "")
