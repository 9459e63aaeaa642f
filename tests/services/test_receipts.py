"""Receipts of a bank's statement on a real desk: taken in once, confirmed, set aside, taken back."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import LedgerSource
from creditdesk.domain.ledger.receipts import certain_ones
from creditdesk.importers.bank import statement as bank
from creditdesk.importers.files.sheet import read as open_now
from creditdesk.jobs import Progress
from creditdesk.services.ledger import BatchId, BatchInUse, InvoiceQuestion
from creditdesk.services.ledger.receipt_values import (
    AllocationTooLarge,
    Confirmation,
    LineDecided,
    LineId,
    LineNotConfirmed,
    LineNotSetAside,
    LineState,
    LineUnknown,
    PartOfAnother,
    PartTooLarge,
    ReasonMissing,
    ThirdPartyUnexplained,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
HAILAN = "宁波海澜贸易有限公司"
DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "04b_cn_bank_exports"


def yuan(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def ledger(office: Office) -> int:
    """One client, two invoices of 海澜 and one of 星河."""
    client: int = office.client()
    office.desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("INV-2026-001", "2026-01-10", "2026-02-10", "1000"),
            office.invoice("INV-2026-002", "2026-01-20", "2026-03-10", "700"),
            office.invoice(
                "X-0009", "2026-01-20", "2026-03-10", "500", buyer="星河照明"
            ),
        ),
    )
    return client


def open_of(desk: Desk) -> dict[str, str]:
    lines = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    return {each.number: each.open.plain for each in lines}


def only(desk: Desk, client: int) -> LineId:
    (line,) = desk.ledger.bank_lines(client)
    return line.id


def parts(
    desk: Desk, client: int, *asked: tuple[str, str]
) -> Sequence[tuple[int, Money]]:
    numbers = {item.number: item.id for item in desk.ledger.open_items(client)}
    return tuple((numbers[number], yuan(amount)) for number, amount in asked)


def said(
    desk: Desk,
    client: int,
    *asked: tuple[str, str],
    buyer: str = HAILAN,
    word: str = "",
) -> Confirmation:
    return Confirmation(
        buyer_id=desk.buyers.named(client, buyer),
        parts=tuple(parts(desk, client, *asked)),
        word=word,
    )


def test_a_statement_is_taken_in_once_and_an_overlapping_one_adds_only_what_is_new(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    march = office.statement(
        ("2026-03-01", "1000", HAILAN), ("2026-03-01", "1000", HAILAN)
    )
    told = desk.ledger.take_in_statement(client, march)
    assert (told.added, told.unchanged, told.received["CNY"].plain) == (2, 0, "2000.00")
    assert desk.ledger.take_in_statement(client, march).batch is None
    april = office.statement(
        ("2026-03-01", "1000", HAILAN),
        ("2026-03-01", "1000", HAILAN),
        ("2026-04-01", "5", "星河照明"),
    )
    told = desk.ledger.take_in_statement(client, april)
    assert (told.added, told.unchanged) == (1, 2)
    assert desk.ledger.open_lines(client) == 3
    assert open_of(desk)["INV-2026-001"] == "1000.00"


def test_what_is_suggested_can_be_confirmed_and_the_open_amounts_follow(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    desk.ledger.take_in_statement(
        client, office.statement(("2026-03-01", "1000", HAILAN, "INV-2026-001"))
    )
    (suggested, *_) = desk.ledger.suggestions(client)[only(desk, client)]
    assert suggested.certain
    desk.ledger.confirm(
        only(desk, client),
        Confirmation(
            buyer_id=suggested.buyer,
            parts=tuple((part.item, part.amount) for part in suggested.parts),
        ),
    )
    assert open_of(desk) == {
        "INV-2026-001": "0.00",
        "INV-2026-002": "700.00",
        "X-0009": "500.00",
    }
    (line,) = desk.ledger.bank_lines(client)
    assert (line.state, line.buyer, line.third_party) == (
        LineState.MATCHED,
        HAILAN,
        False,
    )
    assert [(each.number, each.amount.plain) for each in line.against] == [
        ("INV-2026-001", "1000.00")
    ]


def test_what_is_left_of_a_receipt_names_no_invoice(office: Office, desk: Desk) -> None:
    client = ledger(office)
    desk.ledger.take_in_statement(
        client, office.statement(("2026-03-01", "2000", HAILAN))
    )
    desk.ledger.confirm(
        only(desk, client),
        said(desk, client, ("INV-2026-001", "1000"), ("INV-2026-002", "700")),
    )
    (line,) = desk.ledger.bank_lines(client)
    assert [(each.number, each.amount.plain) for each in line.against] == [
        ("INV-2026-001", "1000.00"),
        ("INV-2026-002", "700.00"),
        ("", "300.00"),
    ]


def test_more_than_came_in_or_is_open_or_of_another_buyer_is_refused(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    desk.ledger.take_in_statement(
        client, office.statement(("2026-03-01", "900", HAILAN))
    )
    line = only(desk, client)
    for asked, refusal in (
        ([("INV-2026-001", "900"), ("INV-2026-002", "1")], AllocationTooLarge),
        ([("INV-2026-002", "701")], PartTooLarge),
        ([("INV-2026-001", "0")], PartTooLarge),
        ([("INV-2026-001", "-5")], PartTooLarge),
        ([("X-0009", "5")], PartOfAnother),
    ):
        with pytest.raises(refusal):
            desk.ledger.confirm(line, said(desk, client, *asked))
    dollars = replace(
        said(desk, client),
        parts=(
            (
                parts(desk, client, ("INV-2026-001", "1"))[0][0],
                Money(Decimal(1), "USD"),
            ),
        ),
    )
    with pytest.raises(PartOfAnother):
        desk.ledger.confirm(line, dollars)
    with pytest.raises(PartOfAnother):
        desk.ledger.confirm(line, Confirmation(buyer_id=99, parts=()))
    assert desk.ledger.open_lines(client) == 1
    assert open_of(desk)["INV-2026-001"] == "1000.00"


def test_somebody_elses_money_needs_a_word_that_is_kept(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    desk.ledger.take_in_statement(
        client, office.statement(("2026-03-01", "1000", "张三", "INV-2026-001", "6217"))
    )
    with pytest.raises(ThirdPartyUnexplained):
        desk.ledger.confirm(
            only(desk, client), said(desk, client, ("INV-2026-001", "1000"))
        )
    desk.ledger.confirm(
        only(desk, client),
        said(desk, client, ("INV-2026-001", "1000"), word="股东代付，有委托付款书"),
    )
    (line,) = desk.ledger.bank_lines(client)
    assert (line.third_party, line.word) == (True, "股东代付，有委托付款书")
    with desk._database.read() as session:
        payers = session.connection().exec_driver_sql(
            "SELECT payer FROM payment WHERE bank_line_id IS NOT NULL"
        )
        assert [row[0] for row in payers] == ["张三"]
    desk.ledger.take_in_statement(
        client, office.statement(("2026-04-01", "700", "张三", "", "6217"))
    )
    waiting = desk.ledger.suggestions(client)
    (found, *_) = next(iter(waiting.values()))
    assert (found.buyer, found.third_party, found.certain) == (
        desk.buyers.named(client, HAILAN),
        True,
        False,
    )


def test_a_line_is_decided_once_and_can_be_taken_back(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    desk.ledger.take_in_statement(
        client, office.statement(("2026-03-01", "1000", HAILAN))
    )
    line = only(desk, client)
    with pytest.raises(LineNotSetAside):
        desk.ledger.take_back(line)
    with pytest.raises(LineNotConfirmed):
        desk.ledger.void_payment(line, "x")
    desk.ledger.confirm(line, said(desk, client, ("INV-2026-001", "1000")))
    with pytest.raises(LineDecided):
        desk.ledger.confirm(line, said(desk, client))
    with pytest.raises(LineNotSetAside):
        desk.ledger.take_back(line)
    desk.ledger.void_payment(line, "another invoice")
    assert open_of(desk)["INV-2026-001"] == "1000.00"
    with pytest.raises(ReasonMissing):
        desk.ledger.set_aside(line, " ")
    desk.ledger.set_aside(line, "银行利息")
    (found,) = desk.ledger.bank_lines(client)
    assert (found.state, found.reason) == (LineState.SET_ASIDE, "银行利息")
    assert desk.ledger.suggestions(client) == {}
    desk.ledger.take_back(line)
    assert desk.ledger.open_lines(client) == 1
    with pytest.raises(LineUnknown):
        desk.ledger.take_back(LineId(99))


def test_a_statement_is_taken_back_while_no_line_is_confirmed(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    told = desk.ledger.take_in_statement(
        client, office.statement(("2026-03-01", "1000", HAILAN))
    )
    assert told.batch is not None
    line = only(desk, client)
    desk.ledger.confirm(line, said(desk, client, ("INV-2026-001", "1000")))
    with pytest.raises(BatchInUse, match="2026-03-01"):
        desk.ledger.undo(told.batch)
    with pytest.raises(BatchInUse):
        desk.ledger.undo(BatchId(told.batch - 1))
    desk.ledger.void_payment(line, "another buyer")
    desk.ledger.undo(told.batch)
    assert desk.ledger.bank_lines(client) == ()
    desk.ledger.undo(BatchId(told.batch - 1))


def test_a_statement_a_later_one_repeats_is_not_taken_back_first(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    first = desk.ledger.take_in_statement(
        client, office.statement(("2026-03-01", "1", HAILAN))
    )
    second = desk.ledger.take_in_statement(
        client,
        office.statement(("2026-03-01", "1", HAILAN), ("2026-03-02", "2", HAILAN)),
    )
    assert first.batch is not None
    assert second.batch is not None
    with pytest.raises(BatchInUse):
        desk.ledger.undo(first.batch)
    desk.ledger.undo(second.batch)
    desk.ledger.undo(first.batch)


def test_all_certain_lines_are_confirmed_together_or_not_at_all(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    desk.ledger.take_in_statement(
        client,
        office.statement(
            ("2026-03-01", "1000", HAILAN),
            ("2026-03-02", "500", "星河照明"),
            ("2026-03-03", "12", "张三"),
            ("2026-03-04", "700", HAILAN),
            ("2026-03-05", "700", HAILAN),
        ),
    )
    certain = certain_ones(desk.ledger.suggestions(client))
    assert len(certain) == 2
    desk.ledger.confirm_all(
        {
            line: Confirmation(
                buyer_id=each.buyer,
                parts=tuple((part.item, part.amount) for part in each.parts),
            )
            for line, each in certain.items()
        }
    )
    assert open_of(desk) == {
        "INV-2026-001": "0.00",
        "INV-2026-002": "700.00",
        "X-0009": "0.00",
    }
    assert desk.ledger.open_lines(client) == 3


def test_a_receipt_the_ledger_tells_of_already_is_no_longer_certain(
    office: Office, desk: Desk
) -> None:
    client = ledger(office)
    desk.ledger.take_in(client, office.draft(office.paid("SK-1", "2026-03-01", "700")))
    desk.ledger.take_in_statement(
        client, office.statement(("2026-03-02", "700", HAILAN))
    )
    (found, *_) = desk.ledger.suggestions(client)[only(desk, client)]
    assert found.doubled
    assert not found.certain


@pytest.mark.real_data
def test_the_real_statements_go_in_with_their_files_and_come_out_again(
    office: Office, desk: Desk
) -> None:
    if not DATA.is_dir():
        pytest.skip("the real files of ../shared/data are not here")
    client = ledger(office)
    for path in sorted(DATA.iterdir()):
        statement = bank.read(open_now(path, None, None, None), Progress())
        told = desk.ledger.take_in_statement(client, statement, path)
        assert told.added == len(statement.lines)
        assert desk.ledger.take_in_statement(client, statement, path).batch is None
    assert desk.ledger.open_lines(client) == 12
    for batch in desk.ledger.batches(client)[:5]:
        desk.ledger.undo(batch.id)
    assert desk.ledger.bank_lines(client) == ()


def test_the_file_behind_a_statement_is_kept(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    client = ledger(office)
    path = tmp_path / "对账单.csv"
    path.write_bytes(b"x,y\n")
    digest = hashlib.sha256(b"x,y\n").hexdigest()
    statement = replace(
        office.statement(("2026-03-01", "1", HAILAN)),
        source=LedgerSource(file_name=path.name, digest=digest),
    )
    desk.ledger.take_in_statement(client, statement, path)
    assert desk.upkeep.info().rows["document"] == 1


@pytest.mark.parametrize(
    ("key", "to", "amount", "left"),
    [
        pytest.param("paid:INV-2026-001", "INV-2026-001", "600", "400.00", id="the same sum paid"),
        pytest.param("paid:INV-2026-001", "INV-2026-001", "900", "100.00", id="more was paid than the bank brought"),
        pytest.param("settled:INV-2026-001", "INV-2026-001", "1000", "0.00", id="settled"),
        pytest.param("SK-7", "INV-2026-001", "600", "400.00", id="a receipt of its own"),
        pytest.param("SK-7", "", "600", "400.00", id="a receipt that names no invoice"),
        pytest.param("SK-7", "INV-2026-001", "50", "350.00", id="another receipt"),
    ],
)  # fmt: skip
def test_money_the_bank_brought_and_the_ledger_tells_of_again_counts_once(  # noqa: PLR0913, PLR0917 - a case
    office: Office, desk: Desk, key: str, to: str, amount: str, left: str
) -> None:
    client = ledger(office)
    told = office.statement(("2026-03-01", "600", HAILAN))
    desk.ledger.take_in_statement(client, told)
    desk.ledger.confirm(only(desk, client), said(desk, client, ("INV-2026-001", "600")))
    draft = office.draft(office.paid(key, "2026-03-02", amount, to))
    compared = desk.ledger.compare(client, draft)
    taken = desk.ledger.take_in(client, draft)
    assert compared.skipped == taken.skipped
    assert bool(taken.skipped) == (amount != "50")
    assert open_of(desk)["INV-2026-001"] == left
    assert open_of(desk)["INV-2026-002"] == "700.00"
    assert desk.ledger.take_in(client, draft).batch is None
