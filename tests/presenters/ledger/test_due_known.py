"""The page of a document says how its due date is known, and where its term isn't what was agreed with the buyer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DueBy,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.ledger.due_open import DueOpenPresenter
from creditdesk.presenters.ledger.trace import TracePresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import ClientCard
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Workspace

ENGLISH = Wording("en")


def test_the_term_agreed_dates_a_document_and_is_said_to(workspace: Workspace) -> None:
    """10 May and 60 days; the other has 90 days of its own."""
    desk = workspace.desk
    client = desk.clients.add(ClientCard(name="账期企业"))
    plain = DraftDocument(
        row=2, buyer=BuyerRef(name="丁公司"), number="N", kind=DocumentKind.INVOICE, issued=date(2026, 5, 10),
        due=None, amount=Money(Decimal(500), "CNY"),
    )  # fmt: skip
    own = replace(plain, number="T", due=date(2026, 8, 8), term="90天", due_by=DueBy.TERM)  # fmt: skip
    source = LedgerSource(file_name="账期.xlsx", digest="c")
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=(plain, own)))
    asked = InvoiceQuestion(client_id=client, sort="number")
    first, second = desk.ledger.invoice_ids(asked)
    buyer = desk.buyers.named(client, "丁公司")
    file = BuyerFilePresenter(workspace, ENGLISH, buyer)
    file.form.set("term", "月结60天")
    file.form.set("term_dates", "true")
    assert not file.form.save()
    assert file.form.faulty == "term_as"
    file.form.set("term", "60天")
    file.form.set("term_dates", "")
    assert file.form.save()
    waiting = DueOpenPresenter(workspace, ENGLISH, client)
    waiting.reload()
    shown = [waiting.lines.cell(0, place).text for place in range(4)]
    assert "none; agreed: 60天" in shown
    file.form.set("term_dates", "true")
    assert file.form.save()
    told = dict(TracePresenter(workspace, ENGLISH, first, None).figures)
    assert told["Due date"] == "9 Jul 2026"
    assert told["Due date known"] == "by the term agreed with the buyer, 60天"
    assert "Payment term" not in told
    told = dict(TracePresenter(workspace, ENGLISH, second, None).figures)
    assert told["Due date known"] == "by its term 90天"
    assert told["Payment term"] == "90天; agreed with the buyer: 60天"
