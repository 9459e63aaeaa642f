"""What became of a bill is said on the page of its invoice, with its day, and voided there."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.domain.ledger.marks import Mark, marked
from creditdesk.errors import UserError
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.bill import BillDayMissing
from creditdesk.presenters.ledger.trace import TracePresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import ClientCard
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Workspace

ENGLISH = Wording("en")


@pytest.fixture
def invoice(workspace: Workspace) -> int:
    """Of 500, due with its bill on 1 August 2026."""
    client = workspace.desk.clients.add(ClientCard(name="票据企业"))
    made = DraftDocument(
        row=2, buyer=BuyerRef(name="丙公司"), number="B1", kind=DocumentKind.INVOICE, issued=date(2026, 2, 1),
        due=date(2026, 8, 1), amount=Money(Decimal(500), "CNY"),
    )  # fmt: skip
    plain = replace(made, number="B2")
    made = replace(made, memo=marked("", Mark.BILL, "2026-08-01"))
    source = LedgerSource(file_name="票据.xlsx", digest="b")
    workspace.desk.ledger.take_in(
        client, LedgerDraft(source=source, documents=(made, plain))
    )
    ids = workspace.desk.ledger.invoice_ids(
        InvoiceQuestion(client_id=client, sort="number")
    )
    return ids[0]


def facts(workspace: Workspace, invoice: int, say: Wording) -> dict[str, str]:
    return dict(TracePresenter(workspace, say, invoice, None).figures)


def test_it_is_said_with_its_day_and_until_when_it_gives_recourse(
    workspace: Workspace, invoice: int
) -> None:
    presenter = TracePresenter(workspace, ENGLISH, invoice, None)
    assert facts(workspace, invoice, ENGLISH)["Bill"] == "nobody has said yet"
    assert presenter.bill is not None
    presenter.bill.ending(BillOutcome.REFUSED, "2026-08-03")(Progress())
    found = facts(workspace, invoice, ENGLISH)
    assert found["Bill"] == "refused on 3 Aug 2026"
    assert found["Recourse against prior holders"] == "until 3 Feb 2027"
    assert found["Claims on drawer and acceptor"] == "until 1 Aug 2028"
    presenter = TracePresenter(workspace, ENGLISH, invoice, None)
    assert presenter.title == "B1 · bill refused"
    assert presenter.bill is not None
    presenter.bill.voiding("wrong bill")(Progress())
    found = facts(workspace, invoice, ENGLISH)
    assert found["Bill"] == "nobody has said yet"
    assert found["Void"] == "refused on 3 Aug 2026: wrong bill"


@pytest.mark.parametrize("typed", ["", "no day"])
def test_the_day_is_asked(workspace: Workspace, invoice: int, typed: str) -> None:
    presenter = TracePresenter(workspace, ENGLISH, invoice, None)
    assert presenter.bill is not None
    with pytest.raises(UserError):
        presenter.bill.ending(BillOutcome.HONOURED, typed)


def test_an_invoice_without_a_bill_asks_nothing(
    workspace: Workspace, invoice: int
) -> None:
    ids = workspace.desk.ledger.invoice_ids(InvoiceQuestion(sort="number"))
    presenter = TracePresenter(workspace, ENGLISH, ids[1], None)
    assert presenter.bill is not None
    assert (invoice, presenter.bill.taken, presenter.bill.facts) == (ids[0], False, ())


def test_to_whom_it_was_passed_on_is_said_with_what_that_leaves_owed(
    workspace: Workspace, invoice: int
) -> None:
    presenter = TracePresenter(workspace, ENGLISH, invoice, None)
    assert presenter.bill is not None
    with pytest.raises(UserError):
        presenter.bill.passing(BillWay.ENDORSED, "soon somebody")
    with pytest.raises(BillDayMissing):
        presenter.bill.passing(BillWay.ENDORSED, "")
    presenter.bill.passing(BillWay.ENDORSED, "2026-03-01 Ningbo Steel")(Progress())
    found = facts(workspace, invoice, ENGLISH)
    assert found["Passed on"] == "endorsed on 1 Mar 2026 to Ningbo Steel"
    assert found["The debt"].startswith("owed until the bill is honoured")
    again = TracePresenter(workspace, ENGLISH, invoice, None)
    assert again.bill is not None
    again.bill.ending(BillOutcome.REFUSED, "2026-08-03")(Progress())
    found = facts(workspace, invoice, ENGLISH)
    assert found["Its holder's recourse against the client"] == "until 3 Feb 2027"
    again.bill.voiding_transfer("kept")(Progress())
    assert facts(workspace, invoice, ENGLISH)["Void"] == "endorsed on 1 Mar 2026 to Ningbo Steel: kept"  # fmt: skip
