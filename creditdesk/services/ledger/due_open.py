"""Invoices whose due date nobody knows: what waits by wording, and what settles it. rules.md 14.1."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.term_questions import (
    TERMS,
    as_answered,
    question_id,
    settled,
    term_question,
)
from creditdesk.db.journal import note
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import Answers, FileQuestion
from creditdesk.domain.ledger.documents import DocumentKind, DueBy
from creditdesk.domain.ledger.term_days import DueState, FallsDue, fall_due
from creditdesk.domain.ledger.terms import KnownDays, PartKind, PaymentTerm
from creditdesk.models import Buyer, Client, Invoice
from creditdesk.readings.answers import answers
from creditdesk.readings.recounting import portions, recount
from creditdesk.services.ledger import asking, splitting

_INVOICE = DocumentKind.INVOICE.value
_HOME = "CN"
_ASKED_OF = 2_000
"""Documents a wording's readings are told apart by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDueLine:
    """What waits of one buyer under one wording; `words` empty: the ledger names no term.

    `agreed`: the term in the buyer's file, where it would date these; empty: there is none.
    """

    client_id: int
    client: str
    words: str
    buyer_id: int
    buyer: str
    count: int
    open: tuple[Money, ...]
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class TermsSettled:
    """How many due dates an answer moved, and how many documents stay open.

    `in_parts`: of these, how many fall due in parts, but a claim, a declaration or a later file names the whole.
    """

    moved: int
    left: int
    in_parts: int


def lines(session: Session, client_id: int | None) -> tuple[OpenDueLine, ...]:
    """What is open without a due date, by client, wording and buyer; an index holds nothing else than these."""
    sums = (
        select(
            Invoice.client_id, Invoice.term, Invoice.buyer_id, Invoice.currency,
            func.count(), func.sum(Invoice.open_fine),
        )
        .where(*_waiting(client_id))
        .group_by(Invoice.client_id, Invoice.term, Invoice.buyer_id, Invoice.currency)
    )  # fmt: skip
    found = session.execute(sums).all()
    clients = _names(session, Client, {row[0] for row in found})
    buyers = _names(session, Buyer, {row[2] for row in found})
    terms = session.execute(select(Buyer.id, Buyer.term).where(Buyer.term != ""))
    agreed = {row.id: row.term for row in terms}
    ordered = sorted(found, key=lambda row: (clients[row[0]], row[1], buyers[row[2]], row[2], row[3]))  # fmt: skip
    return tuple(
        replace(
            _line(client, words, buyer, list(rows), clients, buyers),
            agreed="" if words else agreed.get(buyer, ""),
        )
        for (client, words, buyer), rows in groupby(ordered, key=lambda row: (row[0], row[1], row[2]))
    )  # fmt: skip


def question(
    session: Session, client_id: int, words: str, buyer_id: int | None
) -> FileQuestion | None:
    """What a wording may mean, with the due dates it gives what waits under it, else what it has dated already.

    None: it has no reading to choose from.
    """
    if not words:
        return None
    mine = [Invoice.client_id == client_id, *_under(words, buyer_id)]
    counted = Invoice.due_by == DueBy.TERM.value
    known = _known(session, [*mine, *_waiting(client_id)]) or _known(session, [*mine, counted])  # fmt: skip
    return term_question(words, known, work_calendar(_HOME))


def agreed_question(
    session: Session, client_id: int, words: str, buyer_id: int | None
) -> FileQuestion | None:
    """What a term agreed with a buyer may mean, with the due dates it gives what it is to date, else other invoices.

    Those of the buyer first, else of the client. None: it has no reading to choose from.
    """
    mine = [Invoice.client_id == client_id, Invoice.kind == _INVOICE]
    its = [*mine, Invoice.buyer_id == buyer_id]
    undated = [*its, *_waiting(client_id), Invoice.term == ""]
    known = _known(session, undated) or _known(session, its) or _known(session, mine)
    return term_question(words, known, work_calendar(_HOME))


def _known(session: Session, conditions: list[ColumnElement[bool]]) -> list[KnownDays]:
    found = session.execute(
        select(Invoice.issued, Invoice.shipped, Invoice.accepted)
        .where(*conditions)
        .order_by(Invoice.issued, Invoice.id)
        .limit(_ASKED_OF)
    )
    return [KnownDays(invoice=row[0], delivery=row[1], accepted=row[2]) for row in found]  # fmt: skip


def settle(
    session: Session, client_id: int, words: str, option: str, buyer_id: int | None
) -> TermsSettled:
    """Keep what a wording means, and give the documents under it their due dates; an empty option takes it back.

    A date of the file or of a person stays; one that was counted by the term moves with the answer. The buyer's own
    answer goes before that of all. What falls in parts is split into them. Raises `TermAnswerUnknown`.
    """
    if option:
        as_answered(words, option)
    key = "" if buyer_id is None else keys(session, {buyer_id})[buyer_id]
    asking.keep(session, client_id, {question_id(words, key): option})
    return _apply(session, client_id, words, option, buyer_id)


def apply_answers(session: Session, client_id: int, said: Answers) -> None:
    """What a file's answers say of wordings holds for what waits under them already."""
    for question, option in said.items():
        told = question.removeprefix(TERMS)
        # Words may hold the sign between them and a buyer themselves.
        for words in {told, told.rpartition("@")[0]} - {"", question}:
            _apply(session, client_id, words, option, None)


def _apply(
    session: Session, client_id: int, words: str, option: str, buyer_id: int | None
) -> TermsSettled:
    said = answers(session, client_id)
    rows = session.scalars(
        select(Invoice).where(
            Invoice.client_id == client_id,
            Invoice.kind == _INVOICE,
            or_(Invoice.due.is_(None), Invoice.due_by == DueBy.TERM.value),
            *_under(words, buyer_id),
        )
    ).all()
    named = keys(session, {row.buyer_id for row in rows})
    by_buyer = cache(lambda buyer: settled(words, named[buyer], said))
    found = {row: falls_due(row, by_buyer(row.buyer_id)) for row in rows}
    whole = {row: each for row, each in found.items() if each.parts and not row.part}
    parts, kept = split_whole(session, client_id, whole, DueBy.TERM)
    counted = [(row, due_by(row, each)) for row, each in found.items() if row not in whole]  # fmt: skip
    moved = {row: due for row, due in counted if row.due != due}
    write(session, client_id, moved, DueBy.TERM, {"term": words, "option": option})
    left = sum(due is None for _, due in counted) + sum(row.due is None for row in parts)  # fmt: skip
    dated = sum(row.due is not None for row in parts)
    return TermsSettled(len(moved) + dated, left + kept, kept)


def split_whole(
    session: Session, client_id: int, whole: Mapping[Invoice, FallsDue], by: DueBy
) -> tuple[list[Invoice], int]:
    """The parts of what was kept whole, and how many documents stay whole for what rests on them."""
    fixed = splitting.resting_on(session, list(whole))
    free = {row: each for row, each in whole.items() if row.id not in fixed}
    if not free:
        return [], len(whole)
    before = {str(row.id): row.amount_fine for row in free}
    made = {
        row.id: splitting.split(session, row, each, by) for row, each in free.items()
    }
    note(
        session, "split into parts", "invoice", None, client_id=client_id, before={"amounts": before},
        after={"parts": {str(number): [each.id for each in parts] for number, parts in made.items()}},
    )  # fmt: skip
    recount(session, {row.buyer_id for row in free})
    return [part for parts in made.values() for part in parts], len(fixed)


def _waiting(client_id: int | None) -> list[ColumnElement[bool]]:
    conditions = [Invoice.due.is_(None), Invoice.open_fine > 0, Invoice.kind == _INVOICE]  # fmt: skip
    if client_id is not None:
        conditions.append(Invoice.client_id == client_id)
    return conditions


def _under(words: str, buyer_id: int | None) -> Iterator[ColumnElement[bool]]:
    yield Invoice.term == words
    if buyer_id is not None:
        yield Invoice.buyer_id == buyer_id


def _line(  # noqa: PLR0913, PLR0917 - what a line is made of
    client: int,
    words: str,
    buyer: int,
    rows: list[Any],
    clients: Mapping[int, str],
    buyers: Mapping[int, str],
) -> OpenDueLine:
    return OpenDueLine(
        client_id=client,
        client=clients[client],
        words=words,
        buyer_id=buyer,
        buyer=buyers[buyer],
        count=sum(row[4] for row in rows),
        open=tuple(Money.of_fine(row[5], row[3]) for row in rows),
    )


def _names(
    session: Session, table: type[Client | Buyer], numbers: set[int]
) -> dict[int, str]:
    names: dict[int, str] = {}
    for some in portions(sorted(numbers)):
        found = session.execute(select(table.id, table.name).where(table.id.in_(some)))
        names.update({row[0]: row[1] for row in found})
    return names


def keys(session: Session, numbers: set[int]) -> dict[int, str]:
    """What answers name buyers by, as their files do: the code, else the name."""
    found: dict[int, str] = {}
    for some in portions(sorted(numbers)):
        rows = session.execute(select(Buyer.id, Buyer.code, Buyer.name).where(Buyer.id.in_(some)))  # fmt: skip
        found.update({row[0]: row[1] or row[2] for row in rows})
    return found


def falls_due(row: Invoice, term: PaymentTerm) -> FallsDue:
    """When a document falls due by a term, or its parts do."""
    known = KnownDays(invoice=row.issued, delivery=row.shipped, accepted=row.accepted)
    return fall_due(term, known, work_calendar(_HOME))


def due_by(row: Invoice, found: FallsDue) -> date | None:
    """When a document falls due by a settled term; None: its days don't say, or it has no such part."""
    if found.state is DueState.PARTS:
        part = row.part - 1
        return found.parts[part].due if 0 <= part < len(found.parts) else None
    # What is kept back until a warranty has run falls due on a day of its own.
    return None if row.part_kind == PartKind.RETENTION.value else found.due


def write(
    session: Session,
    client_id: int,
    moved: Mapping[Invoice, date | None],
    by: DueBy,
    why: Mapping[str, str],
) -> None:
    """Set the days, keep what they were, and count anew what is open, for money goes to what falls due first."""
    if not moved:
        return
    note(
        session, "due dates set", "invoice", None, client_id=client_id,
        before={str(row.id): _iso(row.due) for row in moved},
        after={**why, "by": by.value, "due": {str(row.id): _iso(due) for row, due in moved.items()}},
    )  # fmt: skip
    buyers = {row.buyer_id for row in moved}
    values: Sequence[dict[str, Any]] = [
        {"id": row.id, "due": due, "due_by": by.value if due else DueBy.FILE.value}
        for row, due in moved.items()
    ]
    session.execute(update(Invoice), values)
    session.flush()  # what is open is counted from what is written
    recount(session, buyers)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
