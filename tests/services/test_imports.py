"""Where each figure came from: traces, imports with their files, what rests on them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.errors import Problem
from creditdesk.i18n import LANGUAGES, Message, words
from creditdesk.services.ledger import (
    BatchId,
    BatchInUse,
    BatchUndone,
    BatchUnknown,
    InvoiceLine,
    InvoiceQuestion,
    PaymentQuestion,
)
from creditdesk.services.ledger.import_values import (
    FieldChange,
    Record,
    RecordUnknown,
    SourceNotKept,
)
from creditdesk.services.ledger.receipt_values import Confirmation
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
BUYER = "宁波海澜贸易有限公司"


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """The statements run meanwhile."""
    heard: list[str] = []

    def hear(*told: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own arguments
        heard.append(told[2])

    engine = desk._database._engine
    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)


def invoices(desk: Desk, client: int) -> dict[str, InvoiceLine]:
    numbers = desk.ledger.invoice_ids(InvoiceQuestion(client_id=client))
    return {line.number: line for line in desk.ledger.invoices(numbers)}


def taken(desk: Desk, client: int, draft: LedgerDraft) -> BatchId:
    """The number of the import."""
    batch = desk.ledger.take_in(client, draft).batch
    assert batch is not None
    return batch


def kept(office: Office, desk: Desk, client: int, folder: Path, *items: Any) -> BatchId:  # noqa: ANN401 - rows of a draft
    """A draft taken in with its file."""
    path = folder / "应收.csv"
    path.write_bytes(b"content")
    draft = office.draft(*items, name=path.name)
    digest = hashlib.sha256(b"content").hexdigest()
    draft = replace(draft, source=replace(draft.source, digest=digest))
    batch = desk.ledger.take_in(client, draft, path).batch
    assert batch is not None
    return batch


def test_a_document_shows_file_sheet_and_row_and_what_later_imports_made_of_it(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    first = office.invoice("INV1", "2025-01-10", None, "100", row=7)
    desk.ledger.take_in(client, office.draft(first, name="一月.xlsx"))
    for name, due, amount in (
        ("二月.xlsx", "2025-03-11", "100"),
        ("三月.xlsx", "2025-03-11", "90"),
    ):
        later = office.invoice("INV1", "2025-01-10", due, amount)
        desk.ledger.take_in(client, office.draft(later, name=name))
    line = invoices(desk, client)["INV1"]
    assert (line.file_name, line.sheet, line.row, line.batch) == ("一月.xlsx", "Sheet1", 7, 1)  # fmt: skip
    trace = desk.imports.invoice_trace(line.id)
    assert trace.source is not None
    assert (trace.source.batch, trace.source.row, trace.source.who) == (1, 7, "tester")
    assert not trace.source.kept
    assert [(each.source.batch, each.fields) for each in trace.changes] == [
        (2, (FieldChange("due", None, date(2025, 3, 11)),)),
        (3, (FieldChange("amount_fine", cny("100"), cny("90")),)),
    ]


def test_a_change_that_was_taken_back_is_no_longer_in_the_trace(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client, office.draft(office.invoice("INV1", "2025-01-10", None, "100"))
    )
    told = taken(
        desk, client, office.draft(office.invoice("INV1", "2025-01-10", None, "90"))
    )
    desk.ledger.undo(told)
    line = invoices(desk, client)["INV1"]
    assert desk.imports.invoice_trace(line.id).changes == ()
    assert desk.imports.changes(desk.imports.change_ids(told)) == ()


def test_a_payment_shows_its_row_and_a_confirmed_receipt_the_row_of_the_statement(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    statement = office.statement(("2025-06-01", "113000", "张三"), name="对账单.csv")
    desk.ledger.take_in_statement(client, statement)
    (line,) = desk.ledger.bank_lines(client)
    item = next(each for each in desk.ledger.open_items(client) if each.number == "INV3")  # fmt: skip
    desk.ledger.confirm(
        line.id,
        Confirmation(buyer_id=buyer, parts=((item.id, cny("113000")),), word="代付"),
    )
    numbers = desk.imports.payment_ids(PaymentQuestion(buyer_id=buyer))
    ledger, bank = desk.imports.payments(numbers)
    assert (ledger.against, ledger.amount) == ("INV2", cny("200000"))
    assert (ledger.file_name, ledger.row) == ("应收明细.xlsx", 9)
    assert (bank.payer, bank.file_name, bank.row, bank.bank_line) == ("张三", "对账单.csv", 2, line.id)  # fmt: skip
    source = desk.imports.payment_trace(bank.id).source
    assert source is not None
    assert (source.kind, source.batch) == ("bank", 2)
    assert desk.imports.payment_totals(PaymentQuestion(client_id=client)) == {
        "CNY": (2, cny("313000"))
    }
    found = desk.imports.payment_ids(PaymentQuestion(text="张", against="INV3"))
    assert list(found) == [bank.id]
    assert list(desk.imports.payment_ids(PaymentQuestion(batch_id=1))) == [ledger.id]


def test_a_record_that_is_gone_is_refused_in_words(desk: Desk) -> None:
    for asked in (desk.imports.invoice_trace, desk.imports.payment_trace):
        with pytest.raises(RecordUnknown):
            asked(7)


def test_the_file_of_an_import_comes_back_byte_by_byte(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    client = office.client()
    row = office.invoice("INV1", "2025-01-10", None, "100")
    batch = kept(office, desk, client, tmp_path, row)
    assert desk.imports.content(batch) == b"content"
    file = desk.imports.file(batch)
    assert (file.size, file.line.kept, file.columns) == (7, True, {"amount": "金额"})
    later = taken(
        desk, client, office.draft(office.invoice("INV2", "2025-01-10", None, "1"))
    )
    assert desk.imports.file(later).size is None
    with pytest.raises(SourceNotKept):
        desk.imports.content(later)
    for asked in (desk.imports.content, desk.imports.file, desk.imports.undo_plan):
        with pytest.raises(BatchUnknown):
            asked(BatchId(99))


def test_an_import_keeps_what_was_refused_and_skipped_with_its_rows(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    refused = Problem(Message("This is not an amount."), 4, "金额", "abc")
    skipped = Problem(Message.of("A total or balance row: {word}", word="合计"), 5)
    draft = replace(
        office.draft(office.invoice("INV1", "2025-01-10", None, "100")),
        rejected=(refused,), skipped=(skipped,), rows_read=3,
        file_totals={"amount": Decimal(101)},
    )  # fmt: skip
    batch = taken(desk, client, draft)
    file = desk.imports.file(batch)
    assert (file.refused, file.skipped, file.notes) == ((refused,), (skipped,), ())
    assert file.file_totals == {"amount": "101"}
    (line,) = desk.ledger.batches(client)
    assert (line.refused, line.skipped, line.used) == (1, 1, 1)
    asked = InvoiceQuestion(batch_id=batch, sort="row")
    assert len(desk.ledger.invoice_ids(asked)) == 1


def test_an_import_lists_what_it_changed_with_both_values(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("INV1", "2025-01-10", "2025-03-11", "100"),
            office.paid("P", "2025-02-01", "10", "INV1"),
        ),
    )
    told = taken(
        desk,
        client,
        office.draft(
            office.invoice("INV1", "2025-01-10", "2025-03-12", "100"),
            office.paid("P", "2025-02-01", "20", "INV1"),
        ),
    )
    invoice, payment = desk.imports.changes(desk.imports.change_ids(told))
    assert (invoice.record, invoice.name, invoice.buyer) == (Record.INVOICE, "INV1", BUYER)  # fmt: skip
    assert invoice.fields == (FieldChange("due", date(2025, 3, 11), date(2025, 3, 12)),)
    assert (payment.record, payment.name) == (Record.PAYMENT, "INV1")
    assert payment.fields == (FieldChange("amount_fine", cny("10"), cny("20")),)


def test_taking_back_is_announced_with_all_that_goes_and_all_that_rests_on_it(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    number = next(each.number for each in desk.claims.all() if each.id == claim)
    plan = desk.imports.undo_plan(BatchId(1))
    assert (plan.documents, plan.payments, plan.buyers, plan.restored) == (3, 1, 0, 0)
    told = [words("en").say(each) for each in plan.blocked_by]
    assert len(told) == 1
    assert told[0].startswith("claim ")
    assert number in told[0]
    with pytest.raises(BatchInUse):
        desk.ledger.undo(BatchId(1))


def test_an_import_nothing_rests_on_takes_its_buyers_along(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    other = taken(
        desk,
        client,
        office.draft(
            office.invoice("X1", "2025-01-10", "2025-03-11", "5", buyer="新买方"),
            office.invoice("INV1", "2025-01-10", "2025-03-12", "339000"),
        ),
    )
    first, second = desk.imports.undo_plan(BatchId(1)), desk.imports.undo_plan(other)  # fmt: skip
    assert (second.documents, second.buyers, second.restored) == (1, 1, 1)
    assert second.dependents == ()
    assert [each.text for each in first.blocked_by] == ["import {batch} ({file})"]
    desk.ledger.undo(other)
    assert desk.imports.undo_plan(BatchId(1)).dependents == ()
    with pytest.raises(BatchUndone):
        desk.imports.undo_plan(other)


def test_a_declaration_is_told_of_but_does_not_keep_the_import(
    office: Office, desk: Desk
) -> None:
    from creditdesk.services.declarations import NewDeclaration  # noqa: PLC0415 - only here

    client, _ = office.m1()
    policy = office.policy(client)
    desk.declarations.record(
        NewDeclaration(
            policy_id=policy, start=date(2025, 1, 1), end=date(2025, 1, 31), on=date(2025, 9, 10),
        ),
        date(2025, 9, 10),
    )  # fmt: skip
    plan = desk.imports.undo_plan(BatchId(1))
    assert plan.blocked_by == ()
    (told,) = plan.dependents
    for language in LANGUAGES:
        assert "2025" in words(language).say(told.said)
    desk.ledger.undo(BatchId(1))


def test_lists_of_any_length_take_one_statement_a_page(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    rows = [office.invoice(f"N{place}", "2025-01-10", None, "1") for place in range(300)]  # fmt: skip
    paid = [office.paid(f"P{place}", "2025-02-01", "1", f"N{place}") for place in range(300)]  # fmt: skip
    desk.ledger.take_in(client, office.draft(*rows, *paid))
    again = [replace(each, due=date(2025, 3, 1)) for each in rows]
    told = taken(desk, client, office.draft(*again))
    asked = PaymentQuestion(client_id=client)
    with statements(desk) as heard:
        numbers = desk.imports.payment_ids(asked)
        assert len(desk.imports.payments(numbers[:200])) == 200
    assert len([each for each in heard if each.startswith("SELECT")]) == 2
    with statements(desk) as heard:
        changes = desk.imports.change_ids(told)
        assert len(desk.imports.changes(changes[:200])) == 200
    assert len([each for each in heard if each.startswith("SELECT")]) <= 5
