from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.presenters.ledger.document_words import number_cell
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine
from creditdesk.services.ledger.values import InvoiceId

AMOUNT = Money(Decimal(5), "CNY")
LINE = InvoiceLine(
    InvoiceId(1), "明达", 1, "海澜", "invoice", "I1", date(2026, 1, 5), None, AMOUNT, AMOUNT, AMOUNT, "a.xlsx", 2,
)  # fmt: skip


@pytest.mark.parametrize(
    ("memo", "words", "hint"),
    [
        ("", "I1", "I1\nrow 2"),
        ("货款", "I1", "I1\n货款\nrow 2"),
        ("票据：银承；货款", "I1 · paid with a bill", "I1 · paid with a bill\n票据：银承；货款\nrow 2"),
        ("已转让：某银行", "I1 · assigned", "I1 · assigned\n已转让：某银行\nrow 2"),
    ],
)  # fmt: skip
def test_a_document_says_that_a_bill_was_taken_or_it_is_assigned(
    memo: str, words: str, hint: str
) -> None:
    cell = number_cell(replace(LINE, memo=memo), Wording("en"), "row 2")
    assert (cell.text, cell.hint) == (words, hint)
