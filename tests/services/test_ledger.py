"""Ledgers taken in and taken back: new, changed, same, never doubled; figures equal to the rules'."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import age
from creditdesk.readings.queries import ledger_items
from creditdesk.services.ledger import (
    BatchId,
    BatchInUse,
    BatchUndone,
    BatchUnknown,
    InvoiceQuestion,
)
from creditdesk.services.ledger.values import StatementPeriodWrong
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
Asked = Any
ON = date(2025, 6, 30)


def rows(desk: Desk) -> tuple[int, int, int]:
    """Documents, payments and buyers the desk holds."""
    held = desk.upkeep.info().rows
    return held["invoice"], held["payment"], held["buyer"]


def state(desk: Desk, client: int) -> object:
    """All that is known of a client's documents and payments, but for the numbers of their records."""
    with desk._database.read() as session:
        items = ledger_items(session, client_id=client)
    lines = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    return (
        sorted((each.number, each.kind, each.open, each.due) for each in lines),
        sorted((each.on, each.amount, str(each.to)) for each in items.receipts),
    )


def open_of(desk: Desk) -> dict[str, str]:
    lines = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    return {f"{each.number}/{each.kind}": each.open.plain for each in lines}


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    """The statements sent meanwhile, but for the BEGIN of each transaction."""
    sent: list[str] = []

    def note(
        _connection: object,
        _cursor: object,
        statement: str,
        *_rest: object,
    ) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(desk._database._engine, "before_cursor_execute", note)
    yield sent
    event.remove(desk._database._engine, "before_cursor_execute", note)


def test_a_negative_amount_of_whatever_reader_is_rejected_and_the_rest_taken(
    desk: Desk, office: Office
) -> None:
    client = office.client()
    told = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-10", None, "-5", row=2),
            office.paid("P", "2025-01-11", "-5"),
            office.invoice("B", "2025-01-10", None, "5", row=3),
        ),
    )
    assert [each.row for each in told.rejected] == [2, 9]
    assert rows(desk) == (1, 0, 1)


def test_a_file_is_taken_in_with_what_is_new_changed_and_same(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    first = office.draft(
        office.invoice("A", "2025-01-01", "2025-02-01", "100"),
        office.invoice("B", "2025-01-02", "2025-02-02", "200"),
        office.paid("p", "2025-02-10", "40", "A"),
    )
    told = desk.ledger.take_in(client, first)
    assert (told.invoices_added, told.payments_added, told.buyers_added) == (2, 1, 1)
    assert told.totals["CNY"].open == Money(Decimal(260), "CNY")
    second = office.draft(
        office.invoice("A", "2025-01-01", "2025-02-01", "100"),
        office.invoice("B", "2025-01-02", "2025-02-02", "250"),
        office.invoice("C", "2025-01-03", "2025-02-03", "300"),
    )
    told = desk.ledger.take_in(client, second)
    assert (
        told.invoices_added,
        told.invoices_updated,
        told.invoices_unchanged,
    ) == (1, 1, 1)
    assert told.before["CNY"].amount.plain == "300.00"
    assert told.after["CNY"].amount.plain == "650.00"
    assert open_of(desk) == {
        "A/invoice": "60.00",
        "B/invoice": "250.00",
        "C/invoice": "300.00",
    }
    assert desk.upkeep.check().ok


def test_the_same_file_twice_makes_no_second_batch_and_doubles_nothing(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    draft = office.draft(
        office.invoice("A", "2025-01-01", "2025-02-01", "100"),
        office.paid("p", "2025-02-10", "40", "A"),
    )
    desk.ledger.take_in(client, draft)
    held = rows(desk)
    again = desk.ledger.take_in(client, draft)
    assert again.batch is None
    assert again.took_any
    assert rows(desk) == held
    assert len(desk.ledger.batches(client)) == 1


def test_a_file_of_payments_the_desk_holds_already_still_counts_as_taken(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    draft = office.draft(office.paid("p", "2025-02-10", "40"))
    assert desk.ledger.take_in(client, draft).took_any
    again = desk.ledger.take_in(client, draft)
    assert again.payments_unchanged == 1
    assert again.took_any


def test_a_dry_run_tells_the_same_and_writes_nothing(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    draft = office.draft(
        office.invoice("A", "2025-01-01", "2025-02-01", "100"),
        office.paid("p", "2025-02-10", "40", "A"),
    )
    told: list[frozenset[str]] = []
    desk.changed.connect(told.append)
    dry = desk.ledger.compare(client, draft)
    assert dry.batch is None
    assert rows(desk) == (0, 0, 0)
    assert told == []
    real = desk.ledger.take_in(client, draft)
    assert (dry.totals, dry.before, dry.after) == (real.totals, real.before, real.after)
    assert told[0] >= {"invoice", "payment", "buyer", "import_batch", "journal_entry"}


def test_a_paid_column_last_month_and_a_settled_date_today_are_one_payment(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    invoice = office.invoice("A", "2025-01-01", "2025-02-01", "100")
    desk.ledger.take_in(
        client,
        office.draft(
            invoice,
            office.paid("paid:A", "2025-01-01", "40", "A"),
            columns={"amount": "金额", "paid": "已收"},
        ),
    )
    desk.ledger.take_in(
        client,
        office.draft(
            invoice,
            office.paid("settled:A", "2025-02-20", "100", "A"),
            columns={"amount": "金额", "settled_date": "核销日"},
        ),
    )
    assert open_of(desk) == {"A/invoice": "0.00"}
    figures = desk.ledger.aging(ON, client_id=client).aging.by_currency["CNY"]
    assert figures.unapplied.plain == "0.00"
    assert desk.upkeep.check().ok


def test_leading_zeros_tell_numbers_and_codes_apart(office: Office, desk: Desk) -> None:
    client = office.client()
    told = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("0012", "2025-01-01", None, "1", buyer="A", code="007"),
            office.invoice("12", "2025-01-01", None, "2", buyer="A", code="7"),
            office.invoice("012", "2025-01-01", None, "4", buyer="A", code="7"),
        ),
    )
    assert told.invoices_added == 3
    assert sorted(line.code for line in desk.buyers.all(client)) == ["007", "7"]
    assert desk.buyers.named(client, "007") != desk.buyers.named(client, "7")


def test_another_name_under_a_known_code_is_an_alias(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    for number, name in enumerate(("海澜公司", "海澜有限公司", "HAILAN LTD")):
        desk.ledger.take_in(
            client,
            office.draft(
                office.invoice(
                    f"N{number}", "2025-01-01", None, "1", buyer=name, code="K1"
                )
            ),
        )
    (line,) = desk.buyers.all(client)
    assert line.name == "海澜公司"
    assert desk.buyers.file(line.id).aliases == ("HAILAN LTD", "海澜有限公司")
    assert desk.buyers.named(client, "HAILAN LTD") == line.id
    assert [found.id for found in desk.buyers.search("ltd")] == [line.id]
    desk.ledger.undo(desk.ledger.batches(client)[0].id)
    assert desk.buyers.search("ltd") == ()
    assert desk.buyers.file(line.id).aliases == ("海澜有限公司",)


def test_a_code_that_comes_later_is_adopted_by_the_buyer_of_that_name(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client, office.draft(office.invoice("A", "2025-01-01", None, "1", buyer="甲"))
    )
    told = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-01", None, "1", buyer="甲", code="9")
        ),
    )
    assert told.batch is not None
    (line,) = desk.buyers.all(client)
    assert line.code == "9"
    assert [found.id for found in desk.buyers.search("9")] == [line.id]
    desk.ledger.undo(told.batch)
    (line,) = desk.buyers.all(client)
    assert line.code == ""
    assert desk.upkeep.check().ok


def test_two_buyers_of_one_name_and_different_codes_stay_two(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-01", None, "1", buyer="甲", code="1"),
            office.invoice("B", "2025-01-01", None, "1", buyer="甲", code="2"),
            office.invoice("C", "2025-01-01", None, "1", buyer="甲"),
        ),
    )
    assert [line.documents for line in desk.buyers.all(client)] in ([1, 2], [2, 1])


def test_two_clients_may_have_buyers_and_numbers_alike(
    office: Office, desk: Desk
) -> None:
    first, second = office.client("甲"), office.client("乙")
    draft = office.draft(office.invoice("A", "2025-01-01", None, "1", code="1"))
    desk.ledger.take_in(first, draft)
    assert desk.ledger.take_in(second, draft).invoices_added == 1
    assert rows(desk) == (2, 0, 2)


def test_undo_brings_back_what_was_there(office: Office, desk: Desk) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-01", "2025-02-01", "100"),
            office.paid("p", "2025-02-10", "40", "A"),
        ),
    )
    before, held = state(desk, client), rows(desk)
    told = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-05", "2025-03-01", "30", disputed="5"),
            office.invoice("B", "2025-01-01", None, "7", buyer="新买方"),
            office.paid("p", "2025-02-11", "10", "A"),
            office.paid("q", "2025-02-12", "3", "B", buyer="新买方"),
        ),
    )
    assert told.batch is not None
    assert state(desk, client) != before
    desk.ledger.undo(told.batch)
    assert state(desk, client) == before
    assert rows(desk) == held
    assert desk.buyers.search("新买方") == ()
    assert desk.upkeep.check().ok
    assert desk.ledger.batches(client)[0].undone_at is not None


def test_undo_is_refused_with_what_depends_on_the_import(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    number = desk.claims.file(claim, ON).line.number
    with pytest.raises(BatchInUse, match="claim"):
        desk.ledger.undo(BatchId(1))
    client = desk.clients.named("明达电子有限公司")
    later = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("INV1", "2025-01-10", "2025-03-11", "1"), name="新.csv"
        ),
    )
    with pytest.raises(BatchInUse) as caught:
        desk.ledger.undo(BatchId(1))
    reasons = caught.value.places["reasons"]
    assert isinstance(reasons, tuple)
    assert {str(dict(each.places)) for each in reasons} == {
        str({"number": number}),
        str({"batch": later.batch, "file": "新.csv"}),
    }


def test_what_a_later_file_repeats_is_not_lost_with_the_first(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    row = office.invoice("A", "2025-01-01", "2025-02-01", "100")
    first = desk.ledger.take_in(client, office.draft(row)).batch
    later = desk.ledger.take_in(
        client,
        office.draft(
            row, office.invoice("B", "2025-01-02", "2025-02-02", "7"), name="2月.csv"
        ),
    ).batch
    assert first is not None
    assert later is not None
    with pytest.raises(BatchInUse, match="2月"):
        desk.ledger.undo(first)
    assert open_of(desk) == {"A/invoice": "100.00", "B/invoice": "7.00"}
    desk.ledger.undo(later)
    desk.ledger.undo(first)
    assert open_of(desk) == {}


def test_an_import_is_taken_back_once(office: Office, desk: Desk) -> None:
    client, _ = office.m1()
    (batch,) = desk.ledger.batches(client)
    desk.ledger.undo(batch.id)
    assert rows(desk) == (0, 0, 0)
    with pytest.raises(BatchUndone):
        desk.ledger.undo(batch.id)
    with pytest.raises(BatchUnknown):
        desk.ledger.undo(BatchId(99))


def test_a_red_letter_row_may_carry_the_number_of_its_invoice(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    draft = office.draft(
        office.invoice("A", "2025-01-01", "2025-02-01", "100"),
        office.invoice("A", "2025-01-09", None, "30", note=True, against="A"),
    )
    told = desk.ledger.take_in(client, draft)
    assert told.invoices_added == 2
    assert open_of(desk) == {"A/invoice": "70.00", "A/credit_note": "0.00"}
    assert told.totals["CNY"].open.plain == "70.00"
    assert desk.ledger.take_in(client, draft).invoices_unchanged == 2
    assert desk.upkeep.check().ok


def test_an_amount_no_ledger_has_is_refused_by_its_row(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    told = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-01", None, "1"),
            office.invoice("B", "2025-01-01", None, "1e15", row=17),
            office.invoice("C", "2025-01-01", None, "1e40", row=18),
            office.paid("p", "2025-02-10", "1e16", "A"),
        ),
    )
    assert told.invoices_added == 1
    assert [each.row for each in told.rejected] == [9, 17, 18]
    assert rows(desk) == (1, 0, 1)


def test_aging_is_what_the_rules_say_of_the_same_rows(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    with desk._database.read() as session:
        items = ledger_items(session, client_id=client)
    expected = age(items.documents, items.receipts, ON)
    assert desk.ledger.aging(ON, client_id=client).aging == expected
    assert desk.ledger.aging(ON, buyer_id=buyer).aging == expected
    assert expected.by_currency["CNY"].outstanding.plain == "478000.00"
    other = office.client("另一家")
    assert desk.ledger.aging(ON, client_id=other).aging.by_currency == {}
    assert desk.ledger.aging(ON).aging == expected


def test_the_long_list_sorts_filters_and_sums(office: Office, desk: Desk) -> None:
    client, buyer = office.m1()
    other = office.client("另一家", "USD")
    desk.ledger.take_in(
        other,
        office.draft(
            office.invoice("X100%", "2025-01-01", None, "9.99", currency="USD", buyer="B_1"),
            office.invoice("X1", "2025-01-01", None, "1", currency="USD", buyer="B_1", note=True),
        ),
    )  # fmt: skip

    def numbers(**asked: Asked) -> list[str]:
        found = desk.ledger.invoice_ids(InvoiceQuestion(**asked))
        return [line.number for line in desk.ledger.invoices(found)]

    assert numbers(client_id=client) == ["INV1", "INV2", "INV3"]
    assert numbers(client_id=client, sort="open", descending=True) == ["INV1", "INV3", "INV2"]  # fmt: skip
    assert numbers(buyer_id=buyer, overdue_on=date(2025, 4, 11)) == ["INV1"]
    assert numbers(text="INV2") == ["INV2"]
    assert numbers(text="海澜") == ["INV1", "INV2", "INV3"]
    assert numbers(text="X100%") == ["X100%"]
    assert numbers(text="%") == []
    assert sorted(numbers(text="_")) == ["X1", "X100%"]
    for sort in ("client", "buyer", "number", "issued", "due", "amount", "disputed"):
        assert len(numbers(sort=sort)) == 5
    sums = desk.ledger.invoice_totals(InvoiceQuestion())
    assert sums["CNY"].open.plain == "478000.00"
    assert (sums["USD"].count, sums["USD"].amount.plain) == (2, "8.99")


def test_the_long_list_takes_one_statement_a_question(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    found = desk.ledger.invoice_ids(InvoiceQuestion())
    for question in (
        lambda: desk.ledger.invoice_ids(InvoiceQuestion(client_id=client, text="a")),
        lambda: desk.ledger.invoices(found),
        lambda: desk.ledger.invoice_totals(InvoiceQuestion(client_id=client)),
        lambda: desk.ledger.batches(client),
    ):
        with counted(desk) as sent:
            question()
        assert len(sent) == 1
    with counted(desk) as sent:
        desk.buyers.all()
        desk.clients.all()
    assert len(sent) == 4
    with counted(desk) as sent:
        desk.ledger.aging(ON)
    assert len(sent) == 7


def test_a_statement_opens_with_the_balance_before_and_closes_with_the_aging(
    office: Office, desk: Desk
) -> None:
    _, buyer = office.m1()
    statement = desk.ledger.statement(buyer, date(2025, 2, 1), date(2025, 4, 30))
    (account,) = statement.accounts
    assert account.opening.plain == "339000.00"
    assert [entry.number for entry in account.entries] == ["INV2", "INV3", "INV2"]
    assert account.closing.plain == "478000.00"
    with pytest.raises(StatementPeriodWrong):
        desk.ledger.statement(buyer, date(2025, 4, 30), date(2025, 2, 1))


def test_how_a_file_is_read_is_remembered_by_client_and_name(
    office: Office, desk: Desk
) -> None:
    client, other = office.client("甲"), office.client("乙")
    desk.ledger.save_profile(client, "金蝶", {"a": 1})
    desk.ledger.save_profile(client, "金蝶", {"a": 2})
    assert desk.ledger.profiles(client) == {"金蝶": {"a": 2}}
    assert desk.ledger.profiles(other) == {}


def test_what_a_take_in_did_stands_in_the_journal(office: Office, desk: Desk) -> None:
    client, _ = office.m1()
    desk.ledger.undo(desk.ledger.batches(client)[0].id)
    entries = desk._database
    with entries.raw() as connection:
        told = connection.execute(
            "SELECT what, subject, who FROM journal_entry ORDER BY id"
        ).fetchall()
    assert told == [
        ("added", "client", "tester"),
        ("taken in", "import_batch", "tester"),
        ("taken back", "import_batch", "tester"),
    ]


def test_the_ages_of_a_statement_make_its_closing_balance(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-10", "2025-02-10", "100.10"),
            office.invoice("B", "2025-03-10", "2025-12-10", "50"),
            office.paid("P", "2025-04-01", "170.05"),
        ),
    )
    buyer = desk.buyers.all(client)[0].id
    for end in ("2025-03-31", "2025-04-30", "2026-01-31"):
        found = desk.ledger.statement(buyer, date(2025, 1, 1), date.fromisoformat(end))
        (account,) = found.accounts
        assert account.ages.balance == account.closing
        confirmed = desk.ledger.confirmation(buyer, date.fromisoformat(end))
        assert [each.balance for each in confirmed.accounts] == [account.closing]
    assert account.closing.plain == "-19.95"
    assert account.ages.unapplied.plain == "19.95"
