"""Receipts with rows of their own, and what each of them pays. rules.md 11.6, 14.2, 14.5."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from creditdesk.domain.ledger.documents import DraftPayment
from creditdesk.importers.rows.deposits import Contract, belongs_to
from creditdesk.importers.rows.lines import LedgerLine, Role
from creditdesk.importers.rows.naming import several
from creditdesk.importers.rows.ordinary import Key
from creditdesk.importers.rows.outcome import payment


def of_rows(
    lines: list[LedgerLine], numbers: Container[Key], contracts: Mapping[Contract, str]
) -> Iterator[DraftPayment]:
    """Payments with rows of their own; one under an invoice's number pays that invoice, a deposit its contract's."""
    used: Counter[tuple[str, str]] = Counter()
    for line in lines:
        buyer = line.buyer_key
        prefix = "receipt" if line.role is Role.PAYMENT else line.credit.value
        prefix = "deposit" if line.deposit else prefix
        key = f"{prefix}:{line.number or f'{line.day.isoformat()}:{line.amount.plain}'}"
        used[buyer, key] += 1
        again = f"#{used[buyer, key]}" if used[buyer, key] > 1 else ""
        named = pays(line, numbers)
        made = payment(line, key + again, named or belongs_to(line, contracts))
        own = line.deposit and not named
        yield replace(made, contract=line.contract) if own else made


def is_bill(line: LedgerLine) -> bool:
    """Whether it is a bill, which is no money before its maturity."""
    return line.role is Role.PAYMENT and bool(line.bill)


def pays(line: LedgerLine, numbers: Container[Key]) -> str:
    """What it pays; an invoice of another file too, which it pays once that is there."""
    buyer = line.buyer_key
    own = (number for number in (line.number, line.invoice_no))
    invoice = next((number for number in own if (buyer, number) in numbers), "")
    return several(line.against, buyer, numbers) or invoice or line.invoice_no
