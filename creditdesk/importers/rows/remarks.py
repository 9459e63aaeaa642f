"""What was done with many rows of a file, said once."""

from collections.abc import Iterator, Sequence

from creditdesk.catalog.headings import Field
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.files.dates import Order
from creditdesk.importers.rows.lines import LedgerLine, Role
from creditdesk.importers.rows.ordinary import Ordinary
from creditdesk.importers.rows.outcome import disagrees
from creditdesk.importers.rows.terms import CLOSE, row_term

_ORDERS = {
    Order.DAY_FIRST: N_("Dates were read with the day first, as in {example}."),
    Order.MONTH_FIRST: N_("Dates were read with the month first, as in {example}."),
    Order.YEAR_FIRST: N_("Dates were read with the year first, as in {example}."),
    Order.MINGUO: N_("Years were counted from 1912 (民國), as in {example}."),
}


def remarks(how: Layout, lines: list[LedgerLine], plain: Ordinary) -> Iterator[Problem]:
    """Remarks on the whole file; they have no row."""
    yield from _dates(how)
    yield from _currency(how)
    yield from _units(how)
    counts = {
        N_(
            "{count} amounts are finer than a cent: they are kept exactly and rounded only where they are shown."
        ): plain.finer + sum(not line.exact for line in lines),
        N_("{count} due dates were counted from the date and the payment term."): (
            sum(plain.counted)
            + sum(line.due is not None and not line.due_given for line in lines)
        ),
    }
    for text, count in counts.items():
        if count:
            yield Problem(Message.of(text, count=count))


def row_remarks(how: Layout, lines: Sequence[LedgerLine]) -> Iterator[Problem]:
    """What a row itself says that can't all be right; it is taken as it stands. rules.md 14.1, 14.2, 14.4."""
    for line in lines:
        if line.role is not Role.INVOICE:
            continue
        if line.due and line.due < line.day:
            text = N_("{number} falls due on {due}, before it was issued on {issued}.")
            reason = Message.of(text, number=line.number, due=line.due, issued=line.day)
            yield Problem(reason, line.row, how.headers.get(Field.DUE_DATE, ""))
        if disagrees(line) and line.paid and line.open:
            text = N_(
                "{amount} less {paid} paid is not {open} open; what is open counts."
            )
            reason = Message.of(
                text, amount=line.amount, paid=line.paid, open=line.open
            )
            yield Problem(reason, line.row, how.headers.get(Field.OPEN, ""))
        if line.bill:
            yield Problem(_of_bill(line), line.row, how.headers.get(Field.METHOD, ""))
        yield from _other_due(how, line)


def _of_bill(line: LedgerLine) -> Message:
    if line.due_given and line.due:
        text = N_(
            "{number} was paid with a bill ({bill}), no cash before {due}: it stays open until then."
        )
        return Message.of(text, number=line.number, bill=line.bill, due=line.due)
    text = N_(
        "{number} was paid with a bill ({bill}), which is no cash: it stays open until the bill is honoured."
    )
    return Message.of(text, number=line.number, bill=line.bill)


def _other_due(how: Layout, line: LedgerLine) -> Iterator[Problem]:
    """A due date of the file's own that its term doesn't lead to: the date counts, both are shown."""
    if not (line.due and line.due_given and line.term) or line.bill or line.part:
        return
    found = row_term(how, line.term, line.buyer, line.day, line.shipped, line.accepted)
    if found and found.due and abs(found.due - line.due) > CLOSE:
        text = N_(
            "{number}: by its term ({term}) it would fall due on {counted}, the file says {due}; that counts."
        )
        reason = Message.of(
            text, number=line.number, term=line.term, counted=found.due, due=line.due
        )
        yield Problem(reason, line.row, how.headers.get(Field.DUE_DATE, ""))


def _dates(how: Layout) -> Iterator[Problem]:
    decision = how.decision
    if decision.order is not None and decision.example:
        yield Problem(Message.of(_ORDERS[decision.order], example=decision.example))


def _currency(how: Layout) -> Iterator[Problem]:
    """The debt is the foreign amount, and nothing names its money: the client's was taken, and that is told."""
    if Field.CURRENCY in how.columns or not how.amounts:
        return
    header = how.headers[how.amounts[0]]
    named = how.named.get(how.amounts[0], "")
    if named and named != how.currency:
        text = N_(
            "The heading {header} says in which money the amounts are: they were taken as {named}."
        )
        yield Problem(Message.of(text, header=header, named=named))
    elif how.amounts[0] is Field.AMOUNT_FC and not named:
        text = N_(
            "{header} is in the money of each document, but no column names it: amounts were taken as {taken}."
        )
        yield Problem(Message.of(text, header=header, taken=how.currency))


def _units(how: Layout) -> Iterator[Problem]:
    for factor in sorted(set(how.factors.values())):
        text = N_(
            "The amounts are written in units of {factor}: each was multiplied by it."
        )
        yield Problem(Message.of(text, factor=f"{factor:,}"))
