"""Deposits that name only their contract belong to its invoices, whichever file tells of them. rules.md 4.3, 14.2."""

from collections import defaultdict
from collections.abc import Iterator

from creditdesk.domain.ledger.documents import SEVERAL, BuyerRef, DocumentKind
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.readings.queries import DocumentKey
from creditdesk.services.ledger.holdings import (
    HeldDocument,
    HeldPayment,
    Holdings,
    PaymentKey,
)
from creditdesk.services.ledger.numbering import Numbered

_INVOICE = DocumentKind.INVOICE.value
_Contract = tuple[int, str]
"""The buyer and the contract's number."""


def tie(placed: Numbered, there: Holdings) -> None:
    """Let each name the invoices of its contract, in the desk and in the file, the oldest first.

    What an earlier file told is changed only where it names others now.
    """
    told = {key: row for key, row in placed.payments.items() if row.contract}
    held = {key: there.payments[key] for key in there.deposits if key not in placed.payments}  # fmt: skip
    every: dict[PaymentKey, PaymentRow | HeldPayment] = {**held, **told}
    wanted = {(key[0], row.contract) for key, row in every.items()}
    if not wanted:
        return
    found = _invoices(placed, there, wanted)
    for key, row in told.items():
        placed.payments[key] = row._replace(against=found[key[0], row.contract])
    for key, known in held.items():
        against = found[key[0], known.contract]
        if against != known.against:
            kept = known._replace(against=against)
            placed.payments[key] = PaymentRow(0, BuyerRef(), "", 0, key[1], *kept[3:])


def _invoices(
    placed: Numbered, there: Holdings, wanted: set[_Contract]
) -> defaultdict[_Contract, str]:
    numbers: defaultdict[_Contract, dict[str, None]] = defaultdict(dict)
    for _, contract, number in sorted(_named(placed, there, wanted)):
        numbers[contract][number] = None
    named = {contract: SEVERAL.join(each) for contract, each in numbers.items()}
    return defaultdict(str, named)


def _named(
    placed: Numbered, there: Holdings, wanted: set[_Contract]
) -> Iterator[tuple[str, _Contract, str]]:
    """The day, contract and number on the paper of each invoice of these contracts."""
    every: dict[DocumentKey, HeldDocument | DocumentRow] = {
        **there.invoices,
        **placed.documents,
    }
    for key, row in every.items():
        contract = key[0], row.contract
        if key[2] == _INVOICE and contract in wanted:
            yield row.issued, contract, row.doc_no or row.number
