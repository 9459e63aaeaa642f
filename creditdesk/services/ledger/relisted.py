"""A list told again: what it takes back, and what it no longer names; an older one reopens nothing (rules.md 14.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import AnswerOption, FileQuestion
from creditdesk.domain.ledger.documents import BuyerRef, DocumentKind, LedgerDraft
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.models import ImportBatch, Invoice
from creditdesk.readings.queries import DocumentKey
from creditdesk.services.ledger.holdings import HeldDocument, Holdings, PaymentKey
from creditdesk.services.ledger.numbering import Numbered

OLDER, MISSING = "file.older", "file.missing"
KEEP, TAKE, STILL_OPEN, PAID = "KEEP", "TAKE", "STILL_OPEN", "PAID:"
_DERIVED = ("paid:", "settled:")
_INVOICE = DocumentKind.INVOICE.value


@dataclass(slots=True)
class _Lessened:
    """A document of which the file says that less was paid than the desk knows."""

    key: DocumentKey
    row: DocumentRow
    known: Money
    told: Money


def without_reopening(
    placed: Numbered, there: Holdings, outdated: dict[PaymentKey, PaymentRow], said: str
) -> None:
    """Leave out the rows that take back money the desk knows of, unless a person said that the file is right."""
    if said == TAKE:
        return
    rows = []
    for each in list(_lessened(placed, there, outdated)):
        buyer, number, _ = each.key
        del placed.documents[each.key]
        for prefix in _DERIVED:
            placed.payments.pop((buyer, prefix + number), None)
            outdated.pop((buyer, prefix + number), None)
        text = N_(
            "The desk knows of {known} paid on {number}, this file of {told}: an older list? The desk's figure stays."
        )
        told = Message.of(
            text, known=each.known, number=each.row.paper_number, told=each.told
        )
        problem = Problem(told, each.row.row, value=each.row.paper_number)
        (placed.skipped if said == KEEP else placed.rejected).append(problem)
        rows.append(each.row.row)
    if rows and said != KEEP:
        placed.questions.append(_older(tuple(sorted(rows))))


def _lessened(
    placed: Numbered, there: Holdings, outdated: dict[PaymentKey, PaymentRow]
) -> Iterator[_Lessened]:
    if not there.payments:
        return
    for key, row in placed.documents.items():
        buyer, number, kind = key
        held = there.invoices.get(key)
        if kind != _INVOICE or held is None or held.amount_fine != row.amount_fine:
            continue
        keys = [(buyer, prefix + number) for prefix in _DERIVED]
        known = [there.payments[each] for each in keys if each in there.payments]
        if not known:
            continue
        told = sum(
            placed.payments[each].amount_fine
            for each in keys
            if each in placed.payments
        )
        silent = not any(each in placed.payments or each in outdated for each in keys)
        before = sum(each.amount_fine for each in known)
        if not silent and told < before:
            yield _Lessened(
                key,
                row,
                Money.of_fine(before, row.currency),
                Money.of_fine(told, row.currency),
            )


def _older(rows: tuple[int, ...]) -> FileQuestion:
    return FileQuestion(
        id=OLDER,
        text=Message(N_("For some documents this file says less was paid than the desk knows. Which is right?")),
        options=(
            AnswerOption(KEEP, Message(N_("It is an older list: what the desk knows stays."))),
            AnswerOption(TAKE, Message(N_("The file is right: that money did not come."))),
        ),
        rows=rows,
    )  # fmt: skip


def missing(
    session: Session,
    client_id: int,
    draft: LedgerDraft,
    placed: Numbered,
    there: Holdings,
) -> None:
    """Ask about open documents that earlier lists of this layout named and this one doesn't; see `PAID`."""
    if "open" not in draft.columns or not placed.documents:
        return
    listed = _listed_before(session, client_id, draft.columns)
    if not any(there_is(key, there, listed) for key in placed.documents):
        return
    gone = [
        (key, row)
        for key, row in there.invoices.items()
        if row.id in listed and row.open_fine and row.kind == _INVOICE and key not in placed.documents
    ]  # fmt: skip
    waiting = {each.value for each in (*placed.rejected, *placed.skipped)}
    gone = [pair for pair in gone if (pair[1].doc_no or pair[1].number) not in waiting]
    if not gone:
        return
    _say_sums(placed, [row for _, row in gone])
    said = draft.answers.get(MISSING, "")
    if said.startswith(PAID) and (day := _day(said.removeprefix(PAID))):
        for key, row in gone:
            paid = PaymentRow(
                0, BuyerRef(), row.issued, row.part, f"settled:{key[1]}", key[1], day, 1, row.currency, row.open_fine,
                "",
            )  # fmt: skip
            placed.payments[key[0], paid.key] = paid
    elif said != STILL_OPEN:
        placed.questions.append(_asked_of(gone, placed))


def there_is(key: DocumentKey, there: Holdings, listed: set[int]) -> bool:
    """Whether the document stood in an earlier list."""
    held = there.invoices.get(key)
    return held is not None and held.id in listed


def _listed_before(
    session: Session, client_id: int, columns: dict[str, str]
) -> set[int]:
    """The documents that earlier imports with the same columns brought."""
    batches = session.execute(
        select(ImportBatch.id, ImportBatch.columns).where(
            ImportBatch.client_id == client_id, ImportBatch.undone_at.is_(None)
        )
    )
    alike = [number for number, found in batches if found == columns]
    if not alike:
        return set()
    return set(session.scalars(select(Invoice.id).where(Invoice.batch_id.in_(alike))))


def _say_sums(placed: Numbered, gone: list[HeldDocument]) -> None:
    """What the list leaves open, and what the ledger does, which is more by the documents it doesn't name."""
    for currency in sorted({row.currency for row in gone}):
        paid: dict[tuple[int, str], int] = {}
        for (buyer, _), row in placed.payments.items():
            paid[buyer, row.against] = (
                paid.get((buyer, row.against), 0) + row.amount_fine
            )
        told = sum(
            max(0, row.amount_fine - paid.get((buyer, number), 0))
            for (buyer, number, kind), row in placed.documents.items()
            if kind == _INVOICE and row.currency == currency
        )
        unlisted = sum(row.open_fine for row in gone if row.currency == currency)
        text = N_(
            "The list leaves {told} open; the ledger has {ledger}, with {count} documents the list doesn't name."
        )
        reason = Message.of(
            text,
            told=Money.of_fine(told, currency),
            ledger=Money.of_fine(told + unlisted, currency),
            count=sum(row.currency == currency for row in gone),
        )
        placed.notes.append(Problem(reason))


def _asked_of(
    gone: list[tuple[DocumentKey, HeldDocument]], placed: Numbered
) -> FileQuestion:
    numbers = tuple(row.doc_no or row.number for _, row in gone)
    last = max(row.issued for row in placed.documents.values())
    text = N_(
        "{count} open documents of earlier lists are not in this one: {numbers}. Were they paid?"
    )
    return FileQuestion(
        id=MISSING,
        text=Message.of(text, count=len(gone), numbers=numbers[:5]),
        options=(
            AnswerOption(STILL_OPEN, Message(N_("No, the list leaves them out: they stay open."))),
            AnswerOption(f"{PAID}{last}", Message.of(N_("Yes, they were paid by {day}."), day=last)),
        ),
        free=PAID,
    )  # fmt: skip


def _day(shown: str) -> str | None:
    try:
        return date.fromisoformat(shown).isoformat()
    except ValueError:
        return None
