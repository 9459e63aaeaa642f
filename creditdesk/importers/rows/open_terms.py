"""The wordings of terms that leave documents of a file without a due date: one question each. rules.md 14.1."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.rows.lines import LedgerLine, Role
from creditdesk.importers.rows.ordinary import Ordinary
from creditdesk.importers.rows.terms import OpenRow, known_days, questions


def open_terms(
    how: Layout, plain: Ordinary, lines: Sequence[LedgerLine]
) -> tuple[FileQuestion, ...]:
    """What is to be asked about the terms of the documents that have no due date."""
    in_order = sorted(_open(how, plain, lines), key=attrgetter("row"))
    return tuple(questions(in_order, how.answers, how.calendar))


def _open(
    how: Layout, plain: Ordinary, lines: Sequence[LedgerLine]
) -> Iterator[OpenRow]:
    for row in plain.documents:
        if row.due is None and row.term:
            shipped = date.fromisoformat(row.shipped) if row.shipped else None
            issued = date.fromisoformat(row.issued)
            days = known_days(how, issued, shipped, None)
            buyer = row.buyer.code or row.buyer.name
            yield OpenRow(row.term, buyer, row.row, days)
    for line in lines:
        if line.role is Role.INVOICE and line.due is None and line.term:
            days = known_days(how, line.day, line.shipped, line.accepted)
            yield OpenRow(line.term, line.buyer_key, line.row, days)
