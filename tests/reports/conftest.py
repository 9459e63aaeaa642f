import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.claims import (
    Cause,
    ChecklistRow,
    ItemState,
    MadeBy,
    Supplier,
)
from creditdesk.domain.claim.forms import (
    Fact,
    Field,
    FilledForm,
    FilledSection,
    Of,
    Value,
)
from creditdesk.domain.claim.package import (
    Allocation,
    ClaimPackage,
    EvidencePiece,
    KeptCalculation,
    PackageInvoice,
    PackagePayment,
)
from creditdesk.i18n import Bilingual, Message

CONTRACT = Bilingual("购销合同", "Contract")


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def pdf_bytes(
    *texts: str, box: tuple[float, ...] = (0, 0, 595, 842), turn: int = 0
) -> bytes:
    """A PDF with one page a text."""
    whole = BytesIO()
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for text in texts:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            drawn = f"BT /F 12 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array(list(box)),
                Rotate=turn,
                Resources=Dictionary(Font=Dictionary(F=font)),
                Contents=pdf.make_stream(drawn.encode()),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(whole)
    return whole.getvalue()


def piece(data: bytes, name: str = "contract.pdf", item: str = "C07") -> EvidencePiece:
    return EvidencePiece(
        item=item,
        title=CONTRACT,
        file_name=name,
        digest=hashlib.sha256(data).hexdigest(),
        media="",
        read=lambda: data,
    )


def page_texts(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _row(
    code: str, zh: str, state: ItemState, made_by: MadeBy = MadeBy.FILES
) -> ChecklistRow:
    return ChecklistRow(
        code=code,
        title=Bilingual(zh, f"Paper {code}"),
        suppliers=(Supplier.FINANCE,),
        mandatory=True,
        state=state,
        made_by=made_by,
    )


def _field(key: str, label: str, *values: Value) -> Field:
    words = Bilingual(label, key)
    fact = Fact(key=key, of=Of.DESK, label=words)
    return Field(fact=fact, label=words, required=True, values=values, owner=None)


class Paper:
    """What the tests of paper write and read: amounts, PDFs, pieces of evidence, the text of pages."""

    cny = staticmethod(cny)
    pdf_bytes = staticmethod(pdf_bytes)
    piece = staticmethod(piece)
    page_texts = staticmethod(page_texts)


@pytest.fixture
def paper() -> Paper:
    return Paper()


_STEPS = (
    Step("S6", Message("Claimable debt"), cny("465000"), emphasis=True),
    Step(
        "S10",
        Message("Insured percentage"),
        cny("418500"),
        Message("90 %"),
        "schedule 4",
    ),
    Step("S10", Message("Deductible"), cny("-20000")),
)


@pytest.fixture
def package() -> ClaimPackage:
    """A complete claim of 398,500.00 over one invoice, with one contract attached."""
    return ClaimPackage(
        number="CL-2026-003",
        prepared_on=date(2026, 11, 22),
        firm=Party(name="上海某某会计服务有限公司"),
        insurer=Party(name="某某财产保险股份有限公司"),
        policyholder=Party(name="明达电子有限公司", code="91310000XXXXXXXXXX"),
        buyer=Party(name="宁波海澜贸易有限公司", code="91330200XXXXXXXXXX"),
        policy_no="DT-2026-000318",
        policy_title=Bilingual("国内贸易信用保险", "Domestic trade credit insurance"),
        policy_start=date(2026, 1, 1),
        policy_end=date(2026, 12, 31),
        cause=Cause.PROTRACTED_DEFAULT,
        export=False,
        date_of_loss=date(2026, 9, 7),
        amount=cny("398500"),
        calculation=KeptCalculation(
            kept_on=date(2026, 11, 21),
            rule_version="2026.1",
            steps=_STEPS,
            result=cny("398500"),
            policy_rule=Message("oldest due first"),
            allocations=(
                Allocation(
                    number="INV-1",
                    due=date(2026, 3, 11),
                    by_policy=cny("139000"),
                    by_ledger=cny("339000"),
                ),
            ),
            assumptions=(Message("Interest is not covered"),),
        ),
        invoices=(
            PackageInvoice(
                number="INV-1",
                invoice_no="26312000000000123451",
                issued=date(2026, 1, 10),
                due=date(2026, 3, 11),
                amount=cny("678000"),
                open=cny("478000"),
                days_overdue=180,
            ),
        ),
        payments=(
            PackagePayment(
                paid_on=date(2026, 4, 20), amount=cny("200000"), is_receipt=True
            ),
        ),
        checklist=(
            _row("C02", "索赔申请书", ItemState.MISSING, MadeBy.PROGRAM),
            _row("C07", "购销合同", ItemState.MISSING),
            _row("C01", "可能损失通知书", ItemState.MISSING, MadeBy.NOTICE),
        ),
        evidence=(
            piece(pdf_bytes("First page", "Second page", "Third page")),
            piece(pdf_bytes("Sent"), "sent.pdf", "C01"),
        ),
        form=FilledForm(
            Bilingual("索赔申请书", "Claim form"),
            (
                FilledSection(
                    Bilingual("损失", "Loss"),
                    (
                        _field("claim.amount", "索赔金额", cny("398500")),
                        _field("claim.goods", "货物名称", "电子元件"),
                    ),
                ),
            ),
        ),
        narrative="买方自三月起停止付款。",
        notice_sent_on=date(2026, 11, 2),
    )


@pytest.fixture
def incomplete(package: ClaimPackage) -> ClaimPackage:
    """The same claim without its delivery note."""
    missing = _row("C12", "送货签收单", ItemState.MISSING)
    return replace(package, checklist=(*package.checklist, missing))
