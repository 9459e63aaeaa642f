"""Which invoices of its own file a deposit belongs to that names only its contract. rules.md 4.3, 14.2."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from creditdesk.domain.ledger.documents import SEVERAL, DocumentKind
from creditdesk.domain.ledger.rows import DocumentRow
from creditdesk.importers.rows.lines import LedgerLine

Contract = tuple[str, str]
"""The buyer's code, else its name, and the contract's number."""


def by_contract(
    documents: Sequence[DocumentRow], credits_: Sequence[LedgerLine]
) -> Mapping[Contract, str]:
    """The invoices of each contract a deposit names, the oldest first."""
    wanted = {_contract(line) for line in credits_ if line.deposit and line.contract}
    found: defaultdict[Contract, list[DocumentRow]] = defaultdict(list)
    for each in documents if wanted else ():
        key = (each.buyer.code or each.buyer.name, each.contract)
        if key in wanted and each.kind == DocumentKind.INVOICE:
            found[key].append(each)
    return {
        key: SEVERAL.join(
            dict.fromkeys(row.number for row in sorted(rows, key=_by_issue))
        )
        for key, rows in found.items()
    }


def belongs_to(line: LedgerLine, contracts: Mapping[Contract, str]) -> str:
    """The invoices of the deposit's contract; empty where it is no deposit or the file has none of them."""
    return contracts.get(_contract(line), "") if line.deposit else ""


def _contract(line: LedgerLine) -> Contract:
    return line.buyer_key, line.contract


def _by_issue(row: DocumentRow) -> tuple[str, int]:
    return row.issued, row.row
