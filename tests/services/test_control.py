"""The control account against the ledger, on a real desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.control import Cause
from creditdesk.domain.ledger.documents import (
    AgedDraft,
    BuyerRef,
    CreditKind,
    DraftBalance,
    LedgerSource,
)
from creditdesk.errors import Problem
from creditdesk.i18n import Message
from creditdesk.services.ledger import BatchId
from creditdesk.services.ledger.control_values import FigureInFuture, Untaken
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
DAY = date(2025, 6, 30)
TODAY = date(2026, 11, 23)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def test_the_balance_is_invoices_less_credit_notes_less_what_is_unapplied(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-10", "2025-03-11", "100"),
            office.invoice("B", "2025-02-10", None, "50"),
            office.invoice("C", "2025-02-11", None, "20", note=True),
            office.invoice("D", "2025-07-01", "2025-08-01", "7"),
            office.paid("P", "2025-04-01", "120", "A"),
            office.paid("Q", "2025-07-02", "3", "D"),
            replace(office.paid("R", "2025-07-03", "2", "D"), kind=CreditKind.DISCOUNT),
        ),
    )
    (found,) = desk.imports.control(client, DAY).balances
    parts = (found.invoices, found.credit_notes, found.unapplied, found.balance)
    assert parts == (cny("50"), cny("20"), cny("20"), cny("10"))
    assert (found.figure, found.difference, found.unexplained) == (None, None, None)
    told = {row.cause: (row.effect, row.count) for row in found.rows}
    assert told == {
        Cause.LATER_DOCUMENTS: (cny("7"), 1),
        Cause.LATER_PAYMENTS: (cny("-3"), 1),
        Cause.LATER_REDUCTIONS: (cny("-2"), 1),
        Cause.CREDIT_NOTES: (cny("20"), 1),
        Cause.UNAPPLIED: (cny("20"), 1),
        Cause.WITHOUT_DUE_DATE: (None, 1),
    }
    aging = desk.ledger.aging(DAY, client_id=client).aging.by_currency["CNY"]
    assert aging.balance == found.balance


def test_a_figure_is_kept_with_who_and_when_and_the_last_one_counts(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    told: list[frozenset[str]] = []
    for figure in ("1", "478000", "478000"):
        disconnect = desk.changed.connect(told.append)
        desk.imports.keep_figures(client, DAY, {"CNY": cny(figure)}, TODAY)
        disconnect()
    assert len([each for each in told if "control_figure" in each]) == 2
    (found,) = desk.imports.control(client, DAY).balances
    assert found.figure is not None
    assert (found.figure.amount, found.figure.who) == (cny("478000"), "tester")
    assert found.difference == Money.zero("CNY")
    assert found.unexplained == Money.zero("CNY")
    (other,) = desk.imports.control(client, date(2025, 6, 29)).balances
    assert other.figure is None
    desk.imports.keep_figures(client, DAY, {"CNY": None}, TODAY)
    (gone,) = desk.imports.control(client, DAY).balances
    assert (gone.figure, gone.difference) == (None, None)
    (apart,) = desk.imports.control(client, DAY, account="2203").balances
    assert apart.figure is None
    assert desk.upkeep.info().rows["control_figure"] == 3


def test_the_books_of_a_day_to_come_are_refused(office: Office, desk: Desk) -> None:
    client = office.client()
    with pytest.raises(FigureInFuture):
        desk.imports.keep_figures(client, date(2026, 11, 24), {}, TODAY)


def test_a_refused_row_explains_the_difference_it_makes(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    refused = Problem(Message("This is no date."), 7, "日期", "昨天")
    draft = office.draft(office.invoice("A", "2025-01-10", None, "100"))
    told = desk.ledger.take_in(client, replace(draft, rejected=(refused,)))
    desk.imports.keep_figures(client, DAY, {"CNY": cny("130.50")}, TODAY)
    (found,) = desk.imports.control(client, DAY).balances
    row = next(each for each in found.rows if each.cause is Cause.REFUSED)
    assert (row.effect, row.row, row.batch) == (None, 7, told.batch)
    assert found.unexplained == cny("30.50")
    assert told.batch is not None
    known = {int(told.batch): (Untaken(7, cny("30.50"), refused=True),)}
    (found,) = desk.imports.control(client, DAY, known).balances
    assert [found.rows[place].row for place in found.explained] == [7]
    assert found.unexplained == Money.zero("CNY")


def test_bank_lines_imports_taken_back_and_summaries_are_told_with_their_amounts(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    wrong = office.draft(office.invoice("X", "2025-01-11", None, "9"), name="错.xlsx")
    source = replace(wrong.source, digest="1" * 64)
    other = desk.ledger.take_in(client, replace(wrong, source=source)).batch
    assert other is not None
    desk.ledger.undo(BatchId(other))
    desk.ledger.take_in_statement(
        client, office.statement(("2025-06-02", "40", "张三"), ("2025-07-02", "1", "李四"))
    )  # fmt: skip
    balance = DraftBalance(
        row=3, buyer=BuyerRef(name="乙"), place=0, header="未到期", from_days=None, to_days=0, amount=cny("5"),
    )  # fmt: skip
    source = LedgerSource(file_name="账龄.xlsx", digest="0" * 64)
    desk.ledger.take_in_aged(client, AgedDraft(source=source, as_of=DAY, balances=(balance,)))  # fmt: skip
    late = date(2026, 12, 31)
    (found,) = desk.imports.control(client, late).balances
    told = {row.cause: row.effect for row in found.rows}
    assert told[Cause.TAKEN_BACK] == cny("9")
    assert told[Cause.AGED_ONLY] == cny("5")
    lines = [row for row in found.rows if row.cause is Cause.BANK_LINES]
    assert [(row.name, row.effect) for row in lines] == [("张三", cny("-40")), ("李四", cny("-1"))]  # fmt: skip
    assert (found.balance, found.aged_only) == (cny("478000"), cny("5"))


def test_a_file_that_was_taken_back_and_in_again_explains_nothing(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    draft = office.draft(office.invoice("X", "2025-01-11", "2025-03-01", "9"))
    told = desk.ledger.take_in(client, draft).batch
    assert told is not None
    desk.ledger.undo(told)
    desk.ledger.take_in(client, draft)
    (found,) = desk.imports.control(client, DAY).balances
    assert found.rows == ()


def test_holding_a_ledger_of_four_times_the_length_against_the_books_is_four_times_the_work(
    office: Office, desk: Desk, steps: Callable[[Callable[[], object]], int]
) -> None:
    def held(count: int) -> int:
        client = office.client(f"客户{count}")
        rows = [
            office.invoice(f"N{place}", "2025-01-10", None, "1", buyer=f"B{place % 50}")
            for place in range(count)
        ]
        desk.ledger.take_in(client, office.draft(*rows))
        (found,) = desk.imports.control(client, DAY).balances
        assert found.balance == cny(f"{count}")
        assert len(found.rows) == 50
        return steps(lambda: desk.imports.control(client, DAY))

    assert held(2_000) < 5 * held(500)
