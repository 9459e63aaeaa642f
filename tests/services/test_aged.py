"""Aged summaries in the desk: aged, replaced by later ones, taken back, and in no list of invoices."""

from datetime import date
from decimal import Decimal
from typing import Any

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    AgedDraft,
    BuyerRef,
    DraftBalance,
    LedgerSource,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import


def draft(
    day: str, *figures: tuple[str, int, str], name: str = "aged.xlsx"
) -> AgedDraft:
    return AgedDraft(
        source=LedgerSource(file_name=name, digest=name),
        as_of=date.fromisoformat(day),
        rows_read=len(figures),
        balances=tuple(
            DraftBalance(
                row=row,
                buyer=BuyerRef(code=code, name=f"Buyer {code}"),
                place=place,
                header=("Current", "1-30")[place],
                from_days=(None, 1)[place],
                to_days=(0, 30)[place],
                amount=Money(Decimal(amount), "CNY"),
            )
            for row, (code, place, amount) in enumerate(figures, 2)
        ),
    )


def shown(desk: Desk, day: date | None = None) -> list[tuple[str, str, str]]:
    return [
        (line.buyer, line.as_of.isoformat(), line.total.plain)
        for line in desk.ledger.aged_balances(day=day)
    ]


def test_a_summary_is_aged_and_stands_in_no_list_of_documents(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    given = draft("2026-10-31", ("1", 0, "10"), ("1", 1, "5.5"), ("2", 1, "-3"))
    before = desk.ledger.compare_aged(client, given)
    assert (before.batch, before.added, before.buyers_added) == (None, 2, 2)
    told = desk.ledger.take_in_aged(client, given)
    assert (told.added, told.totals["CNY"].amount.plain) == (2, "12.50")
    assert shown(desk) == [
        ("Buyer 1", "2026-10-31", "15.50"),
        ("Buyer 2", "2026-10-31", "-3.00"),
    ]
    (first, _) = desk.ledger.aged_balances(client)
    assert [(name, start, end, money.plain) for name, start, end, money in first.columns] == [
        ("Current", None, 0, "10.00"),
        ("1-30", 1, 30, "5.50"),
    ]  # fmt: skip
    assert not desk.ledger.aging(date(2026, 10, 31)).aging.by_currency


def test_the_latest_summary_up_to_a_day_counts(office: Office, desk: Desk) -> None:
    client = office.client()
    desk.ledger.take_in_aged(client, draft("2026-09-30", ("1", 0, "9")))
    desk.ledger.take_in_aged(client, draft("2026-10-31", ("1", 1, "4")))
    assert shown(desk) == [("Buyer 1", "2026-10-31", "4.00")]
    assert shown(desk, day=date(2026, 10, 30)) == [("Buyer 1", "2026-09-30", "9.00")]
    assert shown(desk, day=date(2026, 9, 29)) == []


def test_the_same_summary_again_changes_nothing(office: Office, desk: Desk) -> None:
    client = office.client()
    given = draft("2026-10-31", ("1", 0, "10"))
    desk.ledger.take_in_aged(client, given)
    again = desk.ledger.take_in_aged(client, given)
    assert (again.batch, again.unchanged) == (None, 1)
    assert len(desk.ledger.batches(client)) == 1


def test_a_corrected_summary_stands_until_it_is_taken_back(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in_aged(client, draft("2026-10-31", ("1", 0, "10"), ("1", 1, "1")))
    told = desk.ledger.take_in_aged(client, draft("2026-10-31", ("1", 0, "12")))
    assert (told.changed, shown(desk)) == (1, [("Buyer 1", "2026-10-31", "12.00")])
    assert told.batch is not None
    desk.ledger.undo(told.batch)
    assert shown(desk) == [("Buyer 1", "2026-10-31", "11.00")]


def test_taking_the_only_summary_back_takes_its_buyers_too(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    told = desk.ledger.take_in_aged(client, draft("2026-10-31", ("1", 0, "10")))
    assert told.batch is not None
    desk.ledger.undo(told.batch)
    assert (shown(desk), desk.buyers.all(client)) == ([], ())
