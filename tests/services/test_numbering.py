"""A number means one document, or a person says what: years, months, corrected days, parts. rules.md 14.2, 14.3."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.ledger.documents import (
    CreditKind,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
)
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.services.clients import ClientId
from creditdesk.services.ledger import InvoiceQuestion, TakenIn
from creditdesk.workspace import Desk
from tests.services.conftest import Office

BUYER = "宁波海澜贸易有限公司"


@pytest.fixture
def client(office: Office) -> ClientId:
    return office.client()


def take(desk: Desk, client: ClientId, draft: LedgerDraft, **answers: str) -> TakenIn:
    said = {key.replace("__", "."): option for key, option in answers.items()}
    known = {**desk.ledger.answers(client), **said}
    return desk.ledger.take_in(client, replace(draft, answers=known))


def open_of(desk: Desk, client: ClientId) -> dict[str, str]:
    """What is open of each document by the desk's own number."""
    ids = desk.ledger.invoice_ids(InvoiceQuestion(client_id=client))
    return {each.number: each.open.plain for each in desk.ledger.invoices(ids)}


def first_year(office: Office) -> LedgerDraft:
    return office.draft(
        office.invoice("001", "2024-01-05", "2024-02-05", "1000"),
        office.invoice("002", "2024-02-05", "2024-03-05", "400", row=3),
        replace(office.paid("paid:001", "2024-01-05", "1000", "001"), issued=date(2024, 1, 5)),
        columns={"amount": "金额", "paid": "已收"},
    )  # fmt: skip


def second_year(office: Office) -> LedgerDraft:
    return office.draft(
        office.invoice("001", "2025-01-05", "2025-02-05", "700"),
        office.invoice("002", "2025-02-05", "2025-03-05", "900", row=3),
        columns={"amount": "金额", "paid": "已收"},
    )


def test_a_number_with_another_day_waits_until_somebody_says_what_it_means(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, first_year(office))
    told = take(desk, client, second_year(office))
    assert (told.invoices_added, told.invoices_updated) == (0, 0)
    assert [(each.row, each.value) for each in told.rejected] == [(2, "001"), (3, "002")]  # fmt: skip
    assert [(each.id, each.rows) for each in told.questions] == [("numbers", (2, 3))]
    assert open_of(desk, client) == {"001": "0.00", "002": "400.00"}


def test_numbers_that_begin_anew_every_year_are_other_documents_and_it_is_asked_once(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, first_year(office))
    told = take(desk, client, second_year(office), numbers="BY_YEAR")
    assert (told.invoices_added, told.rejected, told.questions) == (2, (), ())
    assert open_of(desk, client) == {
        "001": "0.00",
        "002": "400.00",
        "001 (2025-01-05)": "700.00",
        "002 (2025-02-05)": "900.00",
    }
    again = take(desk, client, second_year(office))
    assert (again.invoices_unchanged, again.batch) == (2, None)
    third = office.draft(office.invoice("001", "2026-01-07", None, "5"))
    assert take(desk, client, third).invoices_added == 1


def test_within_the_year_another_day_is_a_corrected_one(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, first_year(office))
    moved = office.draft(office.invoice("002", "2024-02-06", "2024-03-05", "400"))
    told = take(desk, client, moved, numbers="BY_YEAR")
    assert (told.invoices_added, told.invoices_updated) == (0, 1)
    assert open_of(desk, client) == {"001": "0.00", "002": "400.00"}


def test_a_day_that_was_corrected_changes_the_document(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, first_year(office))
    told = take(desk, client, second_year(office), numbers="CORRECTED")
    assert (told.invoices_added, told.invoices_updated) == (0, 2)


def test_a_voucher_carries_its_month_and_is_never_asked_about(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, office.draft(office.invoice("2025-01 记-3", "2025-01-05", None, "10")))  # fmt: skip
    told = take(desk, client, office.draft(office.invoice("2025-01 记-3", "2025-01-06", None, "10")))  # fmt: skip
    assert (told.invoices_updated, told.questions) == (1, ())


def test_a_receipt_s_number_with_another_day_is_asked_about_likewise(
    office: Office, desk: Desk, client: ClientId
) -> None:
    first = office.draft(
        office.invoice("A", "2024-01-05", None, "100"),
        office.paid("receipt:R1", "2024-02-01", "40", "A"),
    )
    take(desk, client, first)
    later = office.draft(office.paid("receipt:R1", "2025-02-01", "30", "A"))
    told = take(desk, client, later)
    assert [each.id for each in told.questions] == ["numbers"]
    assert open_of(desk, client) == {"A": "60.00"}
    take(desk, client, later, numbers="BY_YEAR")
    assert open_of(desk, client) == {"A": "30.00"}


def test_a_payment_that_names_a_number_used_anew_pays_the_newest_of_its_day(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, first_year(office))
    take(desk, client, second_year(office), numbers="BY_YEAR")
    take(desk, client, office.draft(
        office.paid("receipt:P1", "2024-06-01", "100", "002"),
        office.paid("receipt:P2", "2025-06-01", "50", "002"),
    ))  # fmt: skip
    left = open_of(desk, client)
    assert (left["002"], left["002 (2025-02-05)"]) == ("300.00", "850.00")


def part(office: Office, at: int, due: str, amount: str) -> DraftDocument:
    whole = office.invoice("S1", "2025-06-01", due, amount, row=at + 1)
    return replace(whole, part=at, part_kind=PartKind.INSTALMENT)


def parts(office: Office) -> LedgerDraft:
    return office.draft(
        part(office, 1, "2025-07-01", "300"),
        part(office, 2, "2025-10-01", "500"),
        part(office, 3, "2026-06-01", "200"),
    )


def test_parts_count_as_one_document_and_age_part_by_part(
    office: Office, desk: Desk, client: ClientId
) -> None:
    told = take(desk, client, parts(office))
    assert (told.invoices_added, told.totals["CNY"].count) == (1, 1)
    assert told.totals["CNY"].amount.plain == "1000.00"
    figures = desk.ledger.balances(date(2025, 9, 10), client_id=client).aging
    sums = dict(zip(figures.names, figures.by_currency["CNY"].columns, strict=True))
    assert (sums["not_due"].plain, sums["61-90"].plain) == ("700.00", "300.00")


def test_money_that_names_the_document_fills_its_parts_in_the_order_of_their_due_dates(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, parts(office))
    take(desk, client, office.draft(office.paid("receipt:P", "2025-08-01", "450", "S1")))  # fmt: skip
    assert open_of(desk, client) == {"S1": "0.00", "S1 #2": "350.00", "S1 #3": "200.00"}  # fmt: skip


def test_parts_told_after_the_whole_take_its_place(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, office.draft(office.invoice("S1", "2025-06-01", "2025-07-01", "1000")))  # fmt: skip
    take(desk, client, parts(office))
    assert open_of(desk, client) == {"S1": "300.00", "S1 #2": "500.00", "S1 #3": "200.00"}  # fmt: skip


def test_the_whole_told_after_its_parts_takes_none_of_them_away(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, parts(office))
    whole = office.draft(office.invoice("S1", "2025-06-01", "2025-07-01", "1000"))
    told = take(desk, client, whole)
    assert [each.value for each in told.skipped] == ["S1"]
    other = office.draft(office.invoice("S1", "2025-06-01", "2025-07-01", "900"))
    assert [each.value for each in take(desk, client, other).rejected] == ["S1"]
    assert sum(map(Decimal, open_of(desk, client).values())) == 1000


def listed(office: Office, **left: str) -> LedgerDraft:
    """A list of open items: number and what is left of 100 each."""
    items = [
        office.invoice(number, "2025-06-05", "2025-07-05", "100", row=row)
        for row, number in enumerate(left, 2)
    ]
    payments = [
        replace(
            office.paid(f"paid:{number}", "2025-06-05", str(100 - int(rest)), number), issued=date(2025, 6, 5), row=row
        )
        for row, (number, rest) in enumerate(left.items(), 2)
        if rest != "100"
    ]  # fmt: skip
    return office.draft(*items, *payments, columns={"amount": "应收", "open": "未收"})


def test_an_older_list_reopens_nothing_unsaid(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, listed(office, A="100", B="100"))
    take(desk, client, listed(office, A="30", B="100"))
    told = take(desk, client, listed(office, A="100", B="100"))
    assert [(each.id, each.rows) for each in told.questions] == [("file.older", (2,))]
    assert open_of(desk, client) == {"A": "30.00", "B": "100.00"}
    kept = take(desk, client, listed(office, A="100", B="100"), file__older="KEEP")
    assert (kept.questions, [each.row for each in kept.skipped]) == ((), [2])
    take(desk, client, listed(office, A="100", B="100"), file__older="TAKE")
    assert open_of(desk, client) == {"A": "100.00", "B": "100.00"}


def test_what_a_later_list_no_longer_names_is_asked_about_and_the_sums_are_told(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, listed(office, A="100", B="100"))
    later = listed(office, B="60", C="100")
    told = take(desk, client, later)
    assert [each.id for each in told.questions] == ["file.missing"]
    places = dict(told.notes[0].reason.places)
    assert (str(places["told"]), str(places["ledger"])) == ("CNY 160.00", "CNY 260.00")
    assert open_of(desk, client)["A"] == "100.00"
    assert take(desk, client, later, file__missing="STILL_OPEN").questions == ()
    take(desk, client, later, file__missing="PAID:2025-08-31")
    assert open_of(desk, client) == {"A": "0.00", "B": "60.00", "C": "100.00"}


def opening(office: Office, day: str, amount: str) -> LedgerDraft:

    item = office.invoice(f"期初余额 {day}", day, None, amount)
    return office.draft(replace(item, kind=DocumentKind.OPENING, vat_rate=None))


def test_an_opening_balance_is_owed_once_beside_documents_that_make_it(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, office.draft(office.invoice("A", "2024-11-05", None, "600")))
    same = take(desk, client, opening(office, "2025-01-01", "600"))
    assert (same.openings_added, [each.row for each in same.skipped]) == (0, [2])
    other = take(desk, client, opening(office, "2025-01-01", "900"))
    assert [each.id for each in other.questions] == ["file.opening"]
    take(desk, client, opening(office, "2025-01-01", "900"), file__opening="DIFFERENCE")
    assert sum(map(Decimal, open_of(desk, client).values())) == 900


def test_documents_that_explain_an_opening_balance_take_its_place(
    office: Office, desk: Desk, client: ClientId
) -> None:
    assert take(desk, client, opening(office, "2025-01-01", "600")).openings_added == 1
    assert sum(map(Decimal, open_of(desk, client).values())) == 600
    told = take(desk, client, office.draft(
        office.invoice("A", "2024-11-05", None, "800"),
        office.paid("receipt:P", "2024-12-01", "200", "A"),
    ))  # fmt: skip
    assert len(told.notes) == 1
    assert sum(map(Decimal, open_of(desk, client).values())) == 600
    more = office.draft(office.invoice("B", "2024-10-05", None, "50"))
    take(desk, client, more)
    assert sum(map(Decimal, open_of(desk, client).values())) == 650


def test_an_adjustment_lessens_the_debt_and_is_no_payment_taken_in(
    office: Office, desk: Desk, client: ClientId
) -> None:
    written = replace(
        office.paid("written_off:A", "2025-03-01", "40", "A"), kind=CreditKind.WRITTEN_OFF
    )  # fmt: skip
    told = take(desk, client, office.draft(office.invoice("A", "2025-01-05", None, "100"), written))  # fmt: skip
    assert (told.payments_added, told.adjustments_added) == (0, 1)
    assert open_of(desk, client) == {"A": "60.00"}


def test_taking_an_import_back_gives_its_numbers_and_parts_back(
    office: Office, desk: Desk, client: ClientId
) -> None:
    take(desk, client, office.draft(office.invoice("S1", "2025-06-01", "2025-07-01", "1000")))  # fmt: skip
    told = take(desk, client, parts(office))
    assert told.batch is not None
    desk.ledger.undo(told.batch)
    assert open_of(desk, client) == {"S1": "1000.00"}
