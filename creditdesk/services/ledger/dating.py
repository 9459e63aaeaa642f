"""A person says when invoices fall due: by a day of their own, or by terms that were agreed for them. rules.md 14.1."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.term_questions import leads_to_days, settled
from creditdesk.db.errors import RecordMissing
from creditdesk.domain.ledger.documents import DocumentKind, DueBy
from creditdesk.domain.ledger.term_days import ASKS, FallsDue
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Invoice
from creditdesk.readings.answers import answers
from creditdesk.readings.queries import name_of
from creditdesk.readings.recounting import portions
from creditdesk.services.ledger import due_open
from creditdesk.services.ledger.due_open import TermsSettled


class DueBeforeIssue(UserError):
    """An invoice can't fall due before there is one."""

    message = N_("{number} was issued on {issued}: it can't fall due on {due}, before that.")  # fmt: skip


class WordsGiveNoDay(UserError):
    """Terms typed for a document that leave something to be asked."""

    message = N_(
        "“{words}” gives no due date by itself. Type a date, or words that say it all, such as "
        "“30 % in advance, 70 % 60 days from invoice”."
    )


class DayToCountFromUnknown(UserError):
    """Terms that count from a day the document doesn't have."""

    message = N_("By “{words}” {number} has no due date yet. What is missing: {asks}")


def set_dates(session: Session, said: Mapping[int, date | None]) -> None:
    """A person says when invoices fall due; None takes the word back. Raises `DueBeforeIssue`."""
    by_client: defaultdict[int, dict[Invoice, date | None]] = defaultdict(dict)
    for row in _invoices(session, said):
        due = said[row.id]
        if due is not None and due < row.issued:
            raise DueBeforeIssue(number=name_of(row), issued=row.issued, due=due)
        by_client[row.client_id][row] = due
    for client_id, moved in by_client.items():
        due_open.write(session, client_id, moved, DueBy.PERSON, {})


def set_by_words(
    session: Session, numbers: Collection[int], words: str
) -> TermsSettled:
    """A person says by which terms invoices fall due; what falls due in parts is split into them.

    Words that were answered before mean what was answered. Raises `WordsGiveNoDay`, `DayToCountFromUnknown`.
    """
    by_client: defaultdict[int, dict[Invoice, FallsDue]] = defaultdict(dict)
    rows = tuple(_invoices(session, numbers))
    keys = due_open.keys(session, {row.buyer_id for row in rows})
    said = {client: answers(session, client) for client in {row.client_id for row in rows}}  # fmt: skip
    for row in rows:
        term = settled(words, keys[row.buyer_id], said[row.client_id])
        if not leads_to_days(term):
            raise WordsGiveNoDay(words=words)
        found = due_open.falls_due(row, term)
        if found.asks:
            asks = tuple(ASKS[each] for each in found.asks)
            raise DayToCountFromUnknown(words=words, number=name_of(row), asks=asks)
        by_client[row.client_id][row] = found
    done = [_settle(session, *each, words) for each in by_client.items()]
    return TermsSettled(
        sum(each.moved for each in done), sum(each.left for each in done), sum(each.in_parts for each in done)
    )  # fmt: skip


def _settle(
    session: Session, client_id: int, found: Mapping[Invoice, FallsDue], words: str
) -> TermsSettled:
    whole = {row: each for row, each in found.items() if each.parts and not row.part}
    parts, kept = due_open.split_whole(session, client_id, whole, DueBy.PERSON)
    moved = {row: due_open.due_by(row, each) for row, each in found.items() if row not in whole}  # fmt: skip
    due_open.write(session, client_id, moved, DueBy.PERSON, {"term": words})
    left = sum(due is None for due in moved.values())
    return TermsSettled(len(moved) - left + len(parts), left + kept, kept)


def _invoices(session: Session, numbers: Iterable[int]) -> Iterator[Invoice]:
    """The invoices of these numbers. Raises `RecordMissing` for any other."""
    missing = set(numbers)
    for some in portions(sorted(missing)):
        for row in session.scalars(select(Invoice).where(Invoice.id.in_(some))).all():
            if row.kind == DocumentKind.INVOICE.value:
                missing.discard(row.id)
                yield row
    if missing:
        raise RecordMissing(what=f"invoice {min(missing)}")
