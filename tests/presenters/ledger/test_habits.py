"""What was answered once about a client's files can be read, said otherwise, and taken back."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.habits import HabitsPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Workspace

EOM = "月结60天"


def document(row: int, number: str, code: str) -> DraftDocument:
    return DraftDocument(
        row=row,
        buyer=BuyerRef(code=code, name=f"{code} GmbH"),
        number=number,
        kind=DocumentKind.INVOICE,
        issued=date(2026, 5, 10),
        amount=Money(Decimal(100), "CNY"),
        term=EOM,
    )


@pytest.fixture
def page(workspace: Workspace) -> HabitsPresenter:
    """Two buyers, one with an answer of its own; numbers begin anew every year."""
    client = workspace.client
    assert client is not None
    ledger = workspace.desk.ledger
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    rows = (document(2, "S1", "A"), document(3, "S2", "B"))
    ledger.take_in(client, LedgerDraft(source=source, documents=rows))
    ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    ledger.settle_terms(
        client, EOM, "DAYS:45", workspace.desk.buyers.named(client, "B")
    )
    ledger.keep_answers(
        client,
        {
            "numbers": "BY_YEAR",
            "kind:特别单": "SKIP",
            "bank.view:6222·日期|借方": "books",
        },
    )
    made = HabitsPresenter(workspace, Wording("en"), client)
    made.reload()
    return made


def dues(workspace: Workspace) -> dict[str, str]:
    ledger = workspace.desk.ledger
    found = ledger.invoices(ledger.invoice_ids(InvoiceQuestion()))
    return {each.number: str(each.due or "") for each in found}


def test_each_answer_stands_in_words_with_whom_it_holds_for(
    page: HabitsPresenter,
) -> None:
    assert {(row.what, row.whom, row.answer) for row in page.table.rows} == {
        ("Payment term “月结60天”", "all buyers", "60 days after the end of the month of the invoice date"),
        ("Payment term “月结60天”", "B GmbH", "45 days after the invoice date"),
        ("Numbers that come again with another date", "all buyers", "begin anew every year"),
        ("Documents called “特别单”", "all buyers", "left out"),
        ("Debit and credit of statements with the columns 日期, 借方", "6222", "the books' own: debit is money in"),
    }  # fmt: skip


def test_said_otherwise_the_due_dates_it_counted_move(
    page: HabitsPresenter, workspace: Workspace
) -> None:
    assert dues(workspace) == {"S1": "2026-07-30", "S2": "2026-06-24"}
    page.choose("terms:月结60天")
    card = page.terms.card
    assert card is not None
    assert card.choices[0].examples[0].due == "31 Jul 2026"
    page.terms.choose("END_OF_NEXT_MONTH")
    assert page.terms.answer()
    page.settling()(Progress())
    assert dues(workspace) == {"S1": "2026-07-31", "S2": "2026-06-24"}


def test_taken_back_the_next_file_asks_again_and_what_it_dated_is_open(
    page: HabitsPresenter, workspace: Workspace
) -> None:
    page.choose("terms:月结60天@B")
    page.removing()(Progress())
    # What is said of all buyers holds for this one again.
    assert dues(workspace) == {"S1": "2026-07-30", "S2": "2026-07-30"}
    page.reload()
    page.choose("terms:月结60天")
    page.removing()(Progress())
    assert dues(workspace) == {"S1": "", "S2": ""}
    page.reload()
    page.choose("numbers")
    assert page.terms.card is None
    page.removing()(Progress())
    assert workspace.client is not None
    page.reload()
    page.choose("bank.view:6222·日期|借方")
    page.removing()(Progress())
    assert workspace.desk.ledger.answers(workspace.client) == {"kind:特别单": "SKIP"}
