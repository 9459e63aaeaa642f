"""A document kept whole is split when its term is settled, as if its file had been read with the answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import CreditKind, DraftDocument
from creditdesk.intake.looking import drafts, look
from creditdesk.intake.opening import open_file
from creditdesk.intake.taking_in import owner_of
from creditdesk.jobs import Progress
from creditdesk.services.clients import ClientId
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.ledger import InvoiceQuestion, PaymentQuestion, TermsSettled
from creditdesk.services.ledger.receipt_values import Confirmation
from creditdesk.workspace import Desk
from tests.services.conftest import Office

BUYER = "宁波海澜贸易有限公司"
TERM, ANSWER = "30/70", "NO_CREDIT|DAYS:60"
PARTS = {"S1": ("2026-05-10", "300.00"), "S1 #2": ("2026-07-09", "700.00")}
"""Of 1000.00 issued on 10 May: 30 % on that day, the rest sixty days later."""
LEDGER = """客户名称,发票号,开票日期,付款条件,金额,已收金额,现金折扣,未收金额,核销日期
宁波海澜贸易有限公司,S1,2026-05-10,30/70,1000,450,20,530,2026-06-01
"""


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def whole(office: Office, amount: str = "1000") -> DraftDocument:
    made = office.invoice("S1", "2026-05-10", None, amount)
    return replace(made, term=TERM, vat_rate=None)


def read(desk: Desk, client: ClientId, folder: Path, text: str) -> None:
    path = folder / "应收.csv"
    path.write_text(text, encoding="utf-8")
    card = next(each for each in desk.clients.all() if each.id == client)
    piece = look(path, open_file(path, Progress()), headings())
    said = {f"terms:{TERM}": ANSWER}
    ((_, draft),) = drafts([piece], owner_of(card, desk.ledger, said), Progress())
    desk.ledger.take_in(client, draft, path)


def debts(desk: Desk, client: ClientId) -> Mapping[str, tuple[str, str, str]]:
    asked = InvoiceQuestion(client_id=client, sort="number")
    return {
        each.number: (str(each.due), each.amount.plain, each.open.plain)
        for each in desk.ledger.invoices(desk.ledger.invoice_ids(asked))
    }


def money(desk: Desk, client: ClientId) -> list[tuple[str, str, str, str]]:
    asked = PaymentQuestion(client_id=client)
    found = desk.imports.payments(desk.imports.payment_ids(asked))
    return sorted(
        (each.kind, each.against, each.paid_on.isoformat(), each.amount.plain)
        for each in found
    )


def sums(desk: Desk, client: ClientId, on: date) -> object:
    listed = desk.ledger.aging(on, client_id=client).aging
    assert desk.ledger.balances(on, client_id=client).aging.by_currency == listed.by_currency  # fmt: skip
    return listed.by_currency, [(row.id[1:], row.due, row.open) for row in listed.rows]


def test_the_answer_afterwards_gives_the_figures_of_the_answer_on_import(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    before, after = office.client("先问"), office.client("后问")
    read(desk, before, tmp_path, LEDGER)
    paid = replace(office.paid("settled:S1", "2026-06-01", "450", "S1"), issued=date(2026, 5, 10))  # fmt: skip
    less = replace(
        office.paid("discount:S1", "2026-05-10", "20", "S1"), issued=date(2026, 5, 10), kind=CreditKind.DISCOUNT
    )  # fmt: skip
    desk.ledger.take_in(after, office.draft(whole(office), paid, less))
    assert debts(desk, after) == {"S1": ("None", "1000.00", "530.00")}
    done = desk.ledger.settle_terms(after, TERM, ANSWER)
    assert done == TermsSettled(moved=2, left=0, in_parts=0)
    assert debts(desk, after) == {
        "S1": ("2026-05-10", "300.00", "0.00"),
        "S1 #2": ("2026-07-09", "700.00", "530.00"),
    }
    assert money(desk, after) == [
        ("discount", "S1 #2", "2026-05-10", "20.00"),
        ("receipt", "S1", "2026-06-01", "300.00"),
        ("receipt", "S1 #2", "2026-06-01", "150.00"),
    ]
    assert money(desk, before) == money(desk, after)
    assert debts(desk, before) == debts(desk, after)
    assert money(desk, before) == money(desk, after)
    for day in (date(2026, 5, 20), date(2026, 6, 10), date(2026, 8, 1)):
        assert sums(desk, before, day) == sums(desk, after, day)
    assert desk.check().ok


def test_the_file_again_with_the_answer_changes_nothing(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    client = office.client()
    desk.ledger.take_in(client, office.draft(whole(office)))
    desk.ledger.settle_terms(client, TERM, ANSWER)
    kept = debts(desk, client)
    plain = LEDGER.replace("450,20,530,2026-06-01", ",,1000,")
    read(desk, client, tmp_path, plain)
    assert debts(desk, client) == kept


def test_receipts_and_credit_notes_that_name_it_go_on_over_its_parts(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    note = office.invoice("C1", "2026-05-20", None, "250", against="S1", note=True)
    receipt = office.paid("receipt:R1", "2026-06-01", "100", "S1")
    desk.ledger.take_in(client, office.draft(whole(office), note, receipt))
    desk.ledger.take_in_statement(client, office.statement(("2026-06-02", "600", BUYER)))  # fmt: skip
    (line,) = desk.ledger.bank_lines(client)
    (item,) = desk.ledger.open_items(client)
    said = Confirmation(buyer_id=item.buyer, parts=((item.id, cny("600")),))
    desk.ledger.confirm(line.id, said)
    desk.ledger.settle_terms(client, TERM, ANSWER)
    # What names the paper fills 300 of the first part and 50 of the second: the bank's 600 find room on the second.
    found = debts(desk, client)
    assert (found["S1"][2], found["S1 #2"][2]) == ("0.00", "50.00")
    (line,) = desk.ledger.bank_lines(client)
    assert [(each.number, each.amount) for each in line.against] == [("S1 #2", cny("600"))]  # fmt: skip
    assert desk.check().ok
    desk.ledger.void_payment(line.id, "another's money")
    assert debts(desk, client)["S1 #2"][2] == "650.00"


def test_a_dispute_stays_with_the_first_parts(office: Office, desk: Desk) -> None:
    client = office.client()
    disputed = replace(whole(office), disputed=cny("400"))
    desk.ledger.take_in(client, office.draft(disputed))
    desk.ledger.settle_terms(client, TERM, ANSWER)
    found = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion(sort="number")))  # fmt: skip
    assert [each.disputed for each in found] == [cny("300"), cny("100")]


def test_a_later_file_with_the_answer_splits_what_waits(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    client = office.client()
    desk.ledger.take_in(client, office.draft(whole(office)))
    read(desk, client, tmp_path, LEDGER.replace(",S1,", ",S2,"))
    found = debts(desk, client)
    assert {number: found[number][:2] for number in PARTS} == PARTS


def test_what_a_declaration_or_a_claim_names_stays_whole(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    day = date(2026, 6, 10)
    policy = office.policy(client, start="2026-01-01", end="2026-12-31")
    desk.ledger.take_in(client, office.draft(whole(office)))
    desk.declarations.record(
        NewDeclaration(policy_id=policy, start=date(2026, 5, 1), end=date(2026, 5, 31), on=day), day
    )  # fmt: skip
    done = desk.ledger.settle_terms(client, TERM, ANSWER)
    assert done == TermsSettled(moved=0, left=1, in_parts=1)
    assert debts(desk, client) == {"S1": ("None", "1000.00", "1000.00")}


@pytest.mark.parametrize("amount", ["0.01", "99.99"])
def test_the_parts_make_the_document_to_the_cent(
    office: Office, desk: Desk, amount: str
) -> None:
    client = office.client()
    desk.ledger.take_in(client, office.draft(whole(office, amount)))
    desk.ledger.settle_terms(client, TERM, ANSWER)
    found = [each[1] for each in debts(desk, client).values()]
    assert found == (["0.01"] if amount == "0.01" else ["30.00", "69.99"])


def test_taking_the_import_back_takes_every_part(office: Office, desk: Desk) -> None:
    client = office.client()
    told = desk.ledger.take_in(client, office.draft(whole(office)))
    desk.ledger.settle_terms(client, TERM, ANSWER)
    assert told.batch
    desk.ledger.undo(told.batch)
    assert debts(desk, client) == {}
