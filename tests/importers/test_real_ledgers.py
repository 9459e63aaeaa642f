"""The real ledgers give the figures of truth.json."""

from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger import DocumentKind, LedgerDraft
from creditdesk.domain.money import Money
from creditdesk.importers import ledger, recognise
from creditdesk.importers.sheet import open_sheet
from creditdesk.jobs import Progress

pytestmark = pytest.mark.real_data


def draft(path: Path, currency: str = "CNY") -> LedgerDraft:
    sheet = open_sheet(path, Progress())
    return ledger.read(sheet, recognise.guess(sheet, headings()), currency, Progress())


def signed_total(found: LedgerDraft, currency: str = "CNY") -> Decimal:
    amounts = (
        -each.amount if each.kind is DocumentKind.CREDIT_NOTE else each.amount
        for each in found.documents
    )
    return Money.total(amounts, currency).amount


def test_folder_01_is_read_whole_without_being_told_anything(data: Path) -> None:
    found = draft(data / "01_ibm_late_payment/WA_Fn-UseC_-Accounts-Receivable.csv")
    assert len(found.documents) == 2466
    assert signed_total(found) == Decimal("147703.18")
    assert len({each.buyer.code for each in found.documents}) == 100
    assert sum(1 for each in found.documents if each.disputed) == 561
    assert not found.rejected
    assert not found.skipped
    assert found.documents[0].number == "0000611365"
    assert min(each.paid_on for each in found.payments).isoformat() == "2012-01-13"
    assert max(each.paid_on for each in found.payments).isoformat() == "2014-01-09"
