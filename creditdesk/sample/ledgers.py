"""The sample ledgers: invoices of two years, with every way of paying and not paying."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.sample.names import SampleClient, code

_TERMS = (30, 60, 60, 90)
_VAT = Decimal(13)
_MONTHS = 16


@dataclass(frozen=True, slots=True)
class Habit:
    """How a buyer pays: `late` days after the due date; `stops` days ago it stopped paying, None never."""

    late: int
    stops: int | None = None
    disputes: bool = False
    part: bool = False


# The first buyers of each client tell a story each; the others pay more or less on time.
_STORIES = (
    Habit(late=12, stops=210, disputes=True),
    Habit(late=8, stops=118),
    Habit(late=5, stops=92, part=True),
    Habit(late=20, stops=66),
    Habit(late=35),
    Habit(late=-3),
)


def draft(client: SampleClient, number: int, today: date) -> LedgerDraft:
    """The ledger of one sample client as if read from a file."""
    dice = Random(number)  # noqa: S311 - an invented ledger, the same every time
    documents: list[DraftDocument] = []
    payments: list[DraftPayment] = []
    for place, (name, country) in enumerate(client.buyers):
        buyer = BuyerRef(
            code=f"C{number}{place + 1:03d}",
            name=name,
            uscc=code(number * 1000 + place) if country == "CN" else "",
            country=country,
        )
        habit = (
            _STORIES[place]
            if place < len(_STORIES)
            else Habit(late=dice.choice((-5, 0, 3, 9, 16)))
        )
        for made in _invoices(buyer, client, habit, dice, today):
            invoice = _numbered(
                made,
                f"{client.policy_no[:2]}{number}{len(documents) + 1:05d}",
                len(documents) + 2,
            )
            documents.append(invoice)
            payments += _payments(invoice, habit, dice, today)
            if dice.random() < 0.025:
                documents.append(_credit_note(invoice, len(documents) + 2))
    return LedgerDraft(
        source=LedgerSource(
            file_name=f"{client.name} 应收明细.xlsx", digest="0" * 64, sheet="应收明细"
        ),
        documents=tuple(documents),
        payments=tuple(payments),
        columns={"paid": "已收金额", "amount": "价税合计"},
        rows_read=len(documents),
    )


def _invoices(
    buyer: BuyerRef, client: SampleClient, habit: Habit, dice: Random, today: date
) -> Iterator[DraftDocument]:
    term = dice.choice(_TERMS)
    size = dice.choice((18_000, 42_000, 86_000, 150_000))
    day = today - timedelta(days=30 * _MONTHS) + timedelta(days=dice.randrange(28))
    stop = today - timedelta(days=habit.stops - 75) if habit.stops else today
    while day < min(today, stop):
        exact = (
            Decimal(size * dice.randrange(60, 140)) / 100
            + Decimal(dice.randrange(100)) / 100
        )
        amount = Money(exact, client.currency).rounded()
        disputed = (
            Money((amount.amount / 10).quantize(Decimal(1)), client.currency)
            if habit.disputes
            else None
        )
        yield DraftDocument(
            row=0,
            buyer=buyer,
            number="",
            kind=DocumentKind.INVOICE,
            issued=day,
            due=day + timedelta(days=term),
            shipped=day - timedelta(days=dice.randrange(4)),
            term=str(term),
            amount=amount,
            disputed=disputed
            if disputed and (today - day).days < 200 and dice.random() < 0.2
            else None,
            vat_rate=_VAT if client.currency == "CNY" else None,
            invoice_no=f"26{dice.randrange(10**17, 10**18)}"
            if client.currency == "CNY"
            else "",
            contract=f"HT-{day.year}-{buyer.code}",
        )
        day += timedelta(days=dice.randrange(22, 44))


def _numbered(made: DraftDocument, number: str, row: int) -> DraftDocument:
    return replace(made, number=number, row=row)


def _payments(
    invoice: DraftDocument, habit: Habit, dice: Random, today: date
) -> Iterator[DraftPayment]:
    due = invoice.due or invoice.issued
    if habit.stops is not None and due >= today - timedelta(days=habit.stops):
        if habit.part and dice.random() < 0.5:
            yield _payment(
                invoice,
                invoice.amount.times(Decimal("0.4")).rounded(),
                due + timedelta(days=6),
                "1",
            )
        return
    paid_on = due + timedelta(days=habit.late + dice.randrange(-3, 6))
    if paid_on > today:
        return
    if dice.random() < 0.12:
        first = invoice.amount.times(Decimal("0.5")).rounded()
        yield _payment(invoice, first, paid_on - timedelta(days=10), "1")
        yield _payment(invoice, invoice.amount - first, paid_on, "2")
    else:
        yield _payment(invoice, invoice.amount, paid_on, "1")


def _payment(
    invoice: DraftDocument, amount: Money, on: date, part: str
) -> DraftPayment:
    return DraftPayment(
        row=invoice.row,
        buyer=invoice.buyer,
        key=f"receipt:{invoice.number}-{part}",
        paid_on=on,
        amount=amount,
        to=invoice.number,
        memo="银行转账",
    )


def _credit_note(invoice: DraftDocument, row: int) -> DraftDocument:
    return DraftDocument(
        row=row,
        buyer=invoice.buyer,
        number=f"{invoice.number}-R",
        kind=DocumentKind.CREDIT_NOTE,
        issued=invoice.issued + timedelta(days=12),
        amount=invoice.amount.times(Decimal("0.05")).rounded(),
        against=invoice.number,
        memo="质量折让",
    )
