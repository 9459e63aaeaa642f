"""What was done with many rows of a file, said once."""

import re
from collections.abc import Iterator

from creditdesk.catalog.headings import Field
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.files.dates import Order
from creditdesk.importers.rows.lines import LedgerLine
from creditdesk.importers.rows.ordinary import Ordinary

_ORDERS = {
    Order.DAY_FIRST: N_("Dates were read with the day first, as in {example}."),
    Order.MONTH_FIRST: N_("Dates were read with the month first, as in {example}."),
    Order.YEAR_FIRST: N_("Dates were read with the year first, as in {example}."),
    Order.MINGUO: N_("Years were counted from 1912 (民國), as in {example}."),
}
_CODES = re.compile(r"(?<![A-Z])(CNY|USD|EUR|GBP|HKD|JPY|AUD|CAD|SGD)(?![A-Z])")


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
        N_("{count} rows belong to documents the file calls drafts."): (
            sum(line.unissued for line in lines)
        ),
    }
    for text, count in counts.items():
        if count:
            yield Problem(Message.of(text, count=count))


def _dates(how: Layout) -> Iterator[Problem]:
    decision = how.decision
    if decision.order is not None and decision.example:
        yield Problem(Message.of(_ORDERS[decision.order], example=decision.example))


def _currency(how: Layout) -> Iterator[Problem]:
    """A heading such as 金额(USD) is no currency column: the client's currency was taken, and that is told."""
    if Field.CURRENCY in how.columns or not how.amounts:
        return
    header = how.headers[how.amounts[0]]
    if how.amounts[0] is Field.AMOUNT_FC:
        text = N_(
            "{header} is in the money of each document, but no column names it: amounts were taken as {taken}."
        )
        yield Problem(Message.of(text, header=header, taken=how.currency))
        return
    named = _CODES.search(header.upper())
    if named and named[1] != how.currency:
        text = N_(
            "The heading {header} names {named}, but there is no currency column: amounts were taken as {taken}."
        )
        yield Problem(
            Message.of(text, header=header, named=named[1], taken=how.currency)
        )


def _units(how: Layout) -> Iterator[Problem]:
    for factor in sorted(set(how.factors.values())):
        text = N_(
            "The amounts are written in units of {factor}: each was multiplied by it."
        )
        yield Problem(Message.of(text, factor=f"{factor:,}"))
