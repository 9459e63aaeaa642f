"""Balances a ledger begins with, beside documents the desk knows of the time before: owed once. rules.md 14.5."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import AnswerOption, Answers, FileQuestion
from creditdesk.domain.ledger.documents import BuyerRef, DocumentKind
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.services.ledger.holdings import HeldDocument, HeldPayment, Holdings
from creditdesk.services.ledger.numbering import Numbered

OPENING = "file.opening"
DIFFERENCE, LEAVE = "DIFFERENCE", "LEAVE"
_OPENING = DocumentKind.OPENING.value
_CREDIT_NOTE = DocumentKind.CREDIT_NOTE.value
_EXPLAINED = N_(
    "The opening balance of {opening} on {day} is explained by these documents: it is no longer owed itself."
)
_BESIDE = N_(
    "Documents of before {day} make {made}, and an opening balance of {opening} of that day is owed beside them: "
    "look whether they tell of the same debt."
)
_HELD_FROM = HeldDocument._fields.index("issued")
_Account = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a file says an account began with on a day; negative: in credit."""

    account: _Account
    day: str
    fine: int
    row: int


def settle(placed: Numbered, there: Holdings, answers: Answers) -> None:
    """Leave out the openings that the desk's own documents explain, and those a later file has explained."""
    told = list(_begun(placed))
    if told and (there.invoices or there.payments):
        asked = [
            each.row for each in told if not _settled(placed, there, answers, each)
        ]
        if asked:
            placed.questions.append(_question(tuple(sorted(asked))))
    _supersede(placed, there)


def _begun(placed: Numbered) -> Iterator[_Begun]:
    for (buyer, _, kind), row in placed.documents.items():
        if kind == _OPENING:
            yield _Begun((buyer, row.currency), row.issued, row.amount_fine, row.row)
    for (buyer, key), paid in placed.payments.items():
        if key.startswith("opening:"):
            yield _Begun(
                (buyer, paid.currency), paid.paid_on, -paid.amount_fine, paid.row
            )


def _settled(
    placed: Numbered, there: Holdings, answers: Answers, begun: _Begun
) -> bool:
    """Whether it is known what becomes of an opening; else its row is rejected."""
    held = [
        each
        for each in _documents(there.invoices.values(), begun.account)
        if each.issued < begun.day
    ]
    paid = [
        each
        for each in _payments(there.payments.values(), begun.account)
        if each.paid_on < begun.day
    ]
    if not held and not paid:
        return True
    known = _sum(held, paid)
    money = {
        "told": Money.of_fine(begun.fine, begun.account[1]),
        "known": Money.of_fine(known, begun.account[1]),
        "day": begun.day,
    }
    if known == begun.fine:
        _drop(placed, begun)
        text = N_(
            "The balance of {told} on {day} is that of the documents the desk knows: it is owed once."
        )
        placed.skipped.append(Problem(Message.of(text, **money), begun.row))
        return True
    said = answers.get(OPENING, "")
    if said == DIFFERENCE and begun.fine > known:
        _lower(placed, begun, begun.fine - known)
        text = N_(
            "The ledger begins with {told} on {day}, the desk knows of {known}: the difference was taken in."
        )
        placed.notes.append(Problem(Message.of(text, **money), begun.row))
        return True
    _drop(placed, begun)
    text = N_(
        "The ledger begins with {told} on {day}, the desk's documents make {known}. It is not taken in."
    )
    problem = Problem(Message.of(text, **money), begun.row)
    (placed.skipped if said == LEAVE else placed.rejected).append(problem)
    return said == LEAVE


def _supersede(placed: Numbered, there: Holdings) -> None:
    """An opening of before is owed by documents once they are told: where they make its amount, it goes."""
    for key, opening in there.invoices.items():
        if opening.kind != _OPENING or not opening.amount_fine:
            continue
        made = _made_before(placed, there, opening)
        if made is None or key in placed.documents:
            continue
        explained = made == opening.amount_fine
        if explained:
            placed.documents[key] = _without_amount(opening)
        reason = Message.of(
            _EXPLAINED if explained else _BESIDE,
            opening=Money.of_fine(opening.amount_fine, opening.currency),
            day=opening.issued,
            made=Money.of_fine(made, opening.currency),
        )
        placed.notes.append(Problem(reason))


def _made_before(
    placed: Numbered, there: Holdings, opening: HeldDocument
) -> int | None:
    """What documents and payments of before an opening make with those of this file; None: it tells of none."""
    account = opening.buyer_id, opening.currency
    documents: dict[object, HeldDocument | DocumentRow] = {
        key: each
        for key, each in there.invoices.items()
        if (each.buyer_id, each.currency) == account
    }
    told: dict[object, HeldDocument | DocumentRow] = {
        key: row
        for key, row in placed.documents.items()
        if (key[0], row.currency) == account
    }
    documents |= told
    if not any(_is_before(row, opening) for row in told.values()):
        return None
    payments: dict[object, HeldPayment | PaymentRow] = {
        key: each
        for key, each in there.payments.items()
        if (each.buyer_id, each.currency) == account
    }
    payments |= {
        key: row
        for key, row in placed.payments.items()
        if (key[0], row.currency) == account
    }
    return _sum(
        (row for row in documents.values() if _is_before(row, opening)),
        (row for row in payments.values() if row.paid_on < opening.issued),
    )


def _is_before(row: HeldDocument | DocumentRow, opening: HeldDocument) -> bool:
    return row.kind != _OPENING and row.issued < opening.issued


def _without_amount(held: HeldDocument) -> DocumentRow:
    """The held opening as a row of this file, with nothing left of it."""
    told = (0, BuyerRef(), held.number, held.kind, *held[_HELD_FROM:])
    return DocumentRow._make(told)._replace(amount_fine=0)


def _lower(placed: Numbered, begun: _Begun, fine: int) -> None:
    for key, row in placed.documents.items():
        if key[2] == _OPENING and row.row == begun.row:
            placed.documents[key] = row._replace(amount_fine=fine)


def _drop(placed: Numbered, begun: _Begun) -> None:
    for key in [
        key
        for key, row in placed.documents.items()
        if key[2] == _OPENING and row.row == begun.row
    ]:
        del placed.documents[key]
    for paid in [
        key
        for key, row in placed.payments.items()
        if key[1].startswith("opening:") and row.row == begun.row
    ]:
        del placed.payments[paid]


def _documents(
    rows: Iterable[HeldDocument], account: _Account
) -> Iterator[HeldDocument]:
    return (row for row in rows if (row.buyer_id, row.currency) == account)


def _payments(rows: Iterable[HeldPayment], account: _Account) -> Iterator[HeldPayment]:
    return (row for row in rows if (row.buyer_id, row.currency) == account)


def _sum(
    documents: Iterable[HeldDocument | DocumentRow],
    payments: Iterable[HeldPayment | PaymentRow],
) -> int:
    """What is owed of these, in fine units."""
    owed = sum(
        -row.amount_fine if row.kind == _CREDIT_NOTE else row.amount_fine
        for row in documents
    )
    return owed - sum(row.amount_fine for row in payments)


def _question(rows: tuple[int, ...]) -> FileQuestion:
    return FileQuestion(
        id=OPENING,
        text=Message(N_("The ledger begins with another balance than the desk's documents make. What is to be done?")),
        options=(
            AnswerOption(DIFFERENCE, Message(N_("Take in what is missing as an opening balance."))),
            AnswerOption(LEAVE, Message(N_("Leave it: the desk's documents are right."))),
        ),
        rows=rows,
    )  # fmt: skip
