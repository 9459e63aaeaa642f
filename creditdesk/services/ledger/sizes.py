"""Refuses amounts no ledger has: a misread column must not stop the rows beside it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from creditdesk.domain.ledger import DraftDocument, DraftPayment, LedgerDraft
from creditdesk.domain.money import FINE_DIGITS, exponent
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message

_DIGITS = 18
"""Digits of the largest whole number the desk can sum up and keep."""
_T = TypeVar("_T", DraftDocument, DraftPayment)


def storable(draft: LedgerDraft) -> LedgerDraft:
    """The draft without rows whose amount is too large; each is told by its row."""
    documents = _kept(draft.documents)
    payments = _kept(draft.payments)
    refused = (
        *_refused(draft.documents, documents),
        *_refused(draft.payments, payments),
    )
    if not refused:
        return draft
    return replace(
        draft,
        documents=documents,
        payments=payments,
        rejected=tuple(
            sorted((*draft.rejected, *refused), key=lambda problem: problem.row or 0)
        ),
    )


def _kept(items: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(each for each in items if not _too_large(each))


def _too_large(item: DraftDocument | DraftPayment) -> bool:
    digits = _DIGITS - FINE_DIGITS - exponent(item.amount.currency)
    return item.amount.amount >= Decimal(10) ** digits


def _refused(items: Sequence[_T], kept: Sequence[_T]) -> tuple[Problem, ...]:
    if len(items) == len(kept):
        return ()
    return tuple(
        Problem(
            Message(
                N_("the amount is larger than any ledger's; was another column meant?")
            ),
            row=each.row,
            column="amount",
            value=f"{each.amount.amount:f}",
        )
        for each in items
        if _too_large(each)
    )
