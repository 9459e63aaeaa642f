"""What a person is told a term was read as (rules.md 14.1)."""

import pytest

from creditdesk.catalog.terms import payment_term
from creditdesk.domain.ledger.term_texts import read_as
from creditdesk.domain.ledger.terms import BaseDay, PaymentTerm, TermKind
from creditdesk.i18n import words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("30天", "30 days after the invoice date"),
        ("货到30天", "30 days after the delivery"),
        ("15个工作日", "15 working days after the invoice date"),
        ("3个月", "3 months after the invoice date"),
        ("当月底", "the last day of the month of the invoice date"),
        ("次月底", "the last day of the month after that of the invoice date"),
        ("隔月底", "the last day of the month 2 months after that of the invoice date"),
        ("次月25日", "day 25 of the month after that of the invoice date"),
        ("隔月10日", "day 10 of the month 2 months after that of the invoice date"),
        ("每月10号", "on the first day 10 of a month after the invoice date"),
        ("月底+45天", "45 days after the end of the month of the invoice date"),
        (
            "30%预付，70%货到60天",
            "in parts: 30 %: no credit: due on the document's own date, 70 %: 60 days after the delivery",
        ),
    ],
)
def test_a_term_is_told_in_words(text: str, told: str) -> None:
    assert words("en").say(read_as(payment_term(text))) == told


@pytest.mark.parametrize(
    ("or_invoice", "told"),
    [
        (False, "30 days after the delivery"),
        (True, "30 days after the delivery (where unknown, the invoice date)"),
    ],
)
def test_it_is_told_where_the_invoice_date_may_stand_in(
    *, or_invoice: bool, told: str
) -> None:
    term = PaymentTerm(kind=TermKind.AFTER, base=BaseDay.DELIVERY, count=30, or_invoice=or_invoice)  # fmt: skip
    assert words("en").say(read_as(term)) == told
