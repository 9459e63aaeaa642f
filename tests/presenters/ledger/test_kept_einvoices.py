"""An e-invoice that was imported is offered to the claim on its invoice, and attached as a page that carries it."""

from datetime import date
from pathlib import Path

import pikepdf
import pytest

from creditdesk.domain.claim.claims import Cause
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.claim_checklist import ClaimChecklistPresenter
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import NewClaim
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.services.policies import NewPolicy
from creditdesk.workspace import Workspace

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
 <c:ID>R-7</c:ID><c:IssueDate>2026-05-01</c:IssueDate><c:DueDate>2026-06-30</c:DueDate>
 <c:InvoiceTypeCode>380</c:InvoiceTypeCode><c:DocumentCurrencyCode>CNY</c:DocumentCurrencyCode>
 <a:AccountingCustomerParty><a:Party><a:PartyName><c:Name>Buyer</c:Name></a:PartyName></a:Party>
 </a:AccountingCustomerParty>
 <a:LegalMonetaryTotal><c:TaxInclusiveAmount currencyID="CNY">119.00</c:TaxInclusiveAmount>
 <c:PayableAmount currencyID="CNY">119.00</c:PayableAmount></a:LegalMonetaryTotal>
</Invoice>
"""


def test_the_claim_gets_the_e_invoice_by_one_press(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "R-7.xml"
    path.write_text(UBL, encoding="utf-8")
    page = LedgerImportPresenter(workspace, Wording("en"))
    page.show_files(page.opening([path])(Progress()))
    page.show_files(page.checking()(Progress()))
    page.taking_in()(Progress())
    desk = workspace.desk
    assert workspace.client is not None
    (buyer,) = desk.buyers.all()
    desk.policies.add(
        NewPolicy(
            client_id=workspace.client,
            template="sinosure-domestic",
            number="P-1",
            start=date(2026, 1, 1),
            end=date(2026, 12, 31),
            values={"insured_pct": "90"},
        )
    )
    claim = desk.claims.open(
        NewClaim(
            client_id=workspace.client,
            buyer_id=buyer.id,
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=date(2026, 11, 1),
            today=date(2026, 11, 23),
        )
    )
    checklist = ClaimChecklistPresenter(
        desk, claim, Wording("en"), lambda: date(2026, 11, 28)
    )
    checklist.show(desk.claims.file(claim, date(2026, 11, 23)))
    assert checklist.offer == ""
    checklist.choose("C08")
    assert checklist.offer == "Attach 1 kept e-invoice"
    checklist.tell(checklist.attaching_kept()(Progress()))
    checklist.show(desk.claims.file(claim, date(2026, 11, 23)))
    (line,) = checklist.files.rows
    assert (line.file_name, line.state, line.pages) == ("R-7.pdf", "ok", 1)
    copy = tmp_path / "copy.pdf"
    checklist.save_copy(line, copy)
    with pikepdf.open(copy) as pdf:
        assert list(pdf.attachments) == ["R-7.xml"]


@pytest.mark.parametrize(
    ("lang", "act", "name"),
    [
        ("en", "Keep 1 e-invoice", "Kept as evidence"),
        ("zh", "保存 1 张电子发票", "留作证据"),
    ],
)
def test_one_whose_invoice_is_there_already_can_still_be_kept(
    workspace: Workspace, tmp_path: Path, lang: Language, act: str, name: str
) -> None:
    first = tmp_path / "sent.xml"
    first.write_text(UBL, encoding="utf-8")
    later = tmp_path / "sent again.xml"
    later.write_text(UBL + "<!-- the archived copy -->", encoding="utf-8")
    page = LedgerImportPresenter(workspace, Wording(lang))
    page.show_files(page.opening([first])(Progress()))
    page.show_files(page.checking()(Progress()))
    page.taking_in()(Progress())
    page.show_files(page.opening([later])(Progress()))
    page.show_files(page.checking()(Progress()))
    assert (page.act, page.may_act) == (act, True)
    assert (name, "1") in [(line.name, line.value) for line in page.outcome]
    done = page.taking_in()(Progress())
    assert (done.documents, done.changed, done.papers) == (0, 0, 1)
    ledger = workspace.desk.ledger
    (invoice,) = ledger.invoice_ids(InvoiceQuestion(client_id=workspace.client))
    kept = [paper.file_name for paper in ledger.papers_of(invoice)]
    assert kept == ["sent again.xml", "sent.xml"]
    page.show_files(page.opening([later])(Progress()))
    page.show_files(page.checking()(Progress()))
    assert page.may_act is False
