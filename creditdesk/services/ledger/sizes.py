"""Refuses amounts no ledger has and no desk keeps: a misread column must not stop the rows beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.domain.ledger.rows import (
    DocumentRow,
    PaymentRow,
    Rows,
    document_rows,
    payment_rows,
)
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message

_TOO_LARGE = 10**18
"""Fine units. The desk can sum up and keep whole numbers of eighteen digits."""


def storable(draft: LedgerDraft) -> LedgerDraft:
    """The draft without rows whose amount is too large or negative; each is told by its row."""
    documents, payments = document_rows(draft.documents), payment_rows(draft.payments)
    refused = tuple(chain(_refused(documents), _refused(payments)))
    if not refused:
        return replace(draft, documents=Rows(documents), payments=Rows(payments))
    return replace(
        draft,
        documents=Rows([row for row in documents if _is_storable(row)]),
        payments=Rows([row for row in payments if _is_storable(row)]),
        rejected=tuple(
            sorted((*draft.rejected, *refused), key=lambda problem: problem.row or 0)
        ),
    )


def _is_storable(row: DocumentRow | PaymentRow) -> bool:
    return 0 <= row.amount_fine < _TOO_LARGE


def _refused(rows: Sequence[DocumentRow | PaymentRow]) -> Iterator[Problem]:
    large = Message(
        N_("the amount is larger than any ledger's; was another column meant?")
    )
    negative = Message(N_("the amount is negative, which no document or payment is"))
    for row in rows:
        if not _is_storable(row):
            amount = Money.of_fine(row.amount_fine, row.currency).amount.normalize()
            reason = negative if row.amount_fine < 0 else large
            yield Problem(reason, row.row, "amount", f"{amount:f}")
